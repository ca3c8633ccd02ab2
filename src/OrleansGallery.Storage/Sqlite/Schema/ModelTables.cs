namespace OrleansGallery.Storage;

/// <summary>Of version 4 too: the files of models. Chunks of a file that is not in <c>models</c> are not
/// seen.</summary>
internal static class ModelTables
{
    public const string Text = """
        CREATE TABLE models (
            id TEXT NOT NULL PRIMARY KEY,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            length INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE model_chunks (
            id TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            number INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (id, sha256, number)) STRICT;
        """;
}

namespace OrleansGallery.Storage;

/// <summary>Version 6: operations that were carried out, with what their callers were told.</summary>
internal static class OperationTables
{
    public const string Text = """
        CREATE TABLE operations (
            gallery INTEGER NOT NULL,
            id TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            receipt TEXT NOT NULL,
            images TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (gallery, id)) STRICT;
        CREATE INDEX operations_by_expiry ON operations (expires_at);
        """;
}

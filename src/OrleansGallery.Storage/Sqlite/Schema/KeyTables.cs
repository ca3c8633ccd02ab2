namespace OrleansGallery.Storage;

/// <summary>Version 7: the keys of the HTTP API.</summary>
internal static class KeyTables
{
    public const string Text = """
        CREATE TABLE api_keys (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
            role TEXT NOT NULL,
            galleries TEXT,
            requests_per_second INTEGER,
            max_concurrent INTEGER,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            revoked_at INTEGER) STRICT, WITHOUT ROWID;
        """;
}

namespace OrleansGallery.Storage;

/// <summary>Version 9: contents that were erased and are refused. Which deletions are to be overwritten is not asked
/// any more: all are.</summary>
internal static class ErasedTables
{
    public const string Text = """
        CREATE TABLE erased (
            gallery INTEGER NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (gallery, digest)) STRICT, WITHOUT ROWID;
        CREATE INDEX erased_by_expiry ON erased (expires_at);
        ALTER TABLE purges ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
        """;
}

namespace OrleansGallery.Storage;

/// <content>The keys of the HTTP API.</content>
internal sealed partial class SqliteWriter
{
    public bool AddKey(StoredKey key) => Write(snapshot =>
    {
        snapshot.Run(
            """
            INSERT INTO api_keys (id, name, secret_hash, role, galleries, created_at, expires_at, requests_per_second,
                max_concurrent)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
            WHERE (SELECT count(*) FROM api_keys WHERE revoked_at IS NULL) < $10
            ON CONFLICT DO NOTHING
            """,
            key.Id, key.Name, key.SecretHash, key.Role, DatabaseRows.GalleriesOf(key),
            key.CreatedAt.ToUnixTimeMilliseconds(), key.ExpiresAt?.ToUnixTimeMilliseconds(), key.RequestsPerSecond,
            key.MaxConcurrent, IStoredKeys.MaxKeys);
        return KeyQueries.Find(snapshot, key.Id) is { } found
            && found.SecretHash.AsSpan().SequenceEqual(key.SecretHash);
    });

    public StoredKey? RevokeKey(string id, DateTimeOffset at) => Write(snapshot =>
    {
        snapshot.Run(
            "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", id,
            at.ToUnixTimeMilliseconds());
        return KeyQueries.Find(snapshot, id);
    });
}

using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>The keys of the HTTP API in PostgreSQL.</summary>
internal sealed class PostgresKeys(PostgresConnections connections, Repetition repetition) : IStoredKeys
{
    private const string Columns = $"SELECT {DatabaseRows.KeyColumns} FROM gallery.api_keys ";

    /// <inheritdoc />
    public Task<bool> AddAsync(StoredKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return WriteAsync(
            row => row.GetBoolean(0), cancellationToken,
            new Statement(
                """
                INSERT INTO gallery.api_keys (id, name, secret_hash, role, galleries, created_at, expires_at,
                    requests_per_second, max_concurrent)
                SELECT $1, $2, $3, $4, $5::text, $6, $7::bigint, $8::integer, $9::integer
                WHERE (SELECT count(*) FROM gallery.api_keys WHERE revoked_at IS NULL) < $10
                ON CONFLICT (id) DO NOTHING
                """,
                key.Id, key.Name, key.SecretHash, key.Role, OrNull(DatabaseRows.GalleriesOf(key)),
                key.CreatedAt.ToUnixTimeMilliseconds(), OrNull(key.ExpiresAt?.ToUnixTimeMilliseconds()),
                OrNull(key.RequestsPerSecond), OrNull(key.MaxConcurrent), (long)IStoredKeys.MaxKeys),
            new Statement(
                "SELECT EXISTS (SELECT FROM gallery.api_keys WHERE id = $1 AND secret_hash = $2)",
                key.Id, key.SecretHash));
    }

    /// <inheritdoc />
    public Task<StoredKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(
            DatabaseRows.Key, cancellationToken,
            new Statement(
                "UPDATE gallery.api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
                id, at.ToUnixTimeMilliseconds()),
            new Statement(Columns + "WHERE id = $1", id));

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredKey>> ListAsync(bool withRevoked, CancellationToken cancellationToken) =>
        repetition.ReadAsync<IReadOnlyList<StoredKey>>(
            async one => await connections.Reads.RunAsync<StoredKey>(
                DatabaseRows.Key, one,
                new Statement(Columns + "WHERE $1 OR revoked_at IS NULL ORDER BY created_at, id", withRevoked)),
            cancellationToken);

    private static object OrNull(object? value) => value ?? DBNull.Value;

    private Task<T?> WriteAsync<T>(
        Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params Statement[] statements) =>
        repetition.WriteAsync(
            async one => (await connections.Writes.RunAsync(read, one, statements)).SingleOrDefault(),
            cancellationToken);
}

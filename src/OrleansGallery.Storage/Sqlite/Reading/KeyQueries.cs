namespace OrleansGallery.Storage;

/// <summary>What is read of the keys of the HTTP API.</summary>
internal static class KeyQueries
{
    private const string Columns = $"SELECT {DatabaseRows.KeyColumns} FROM api_keys ";

    public static IReadOnlyList<StoredKey> All(SqliteSnapshot snapshot, bool withRevoked) => [.. snapshot.Select(
        Columns + "WHERE $1 OR revoked_at IS NULL ORDER BY created_at, id", DatabaseRows.Key, withRevoked)];

    public static StoredKey? Find(SqliteSnapshot snapshot, string id) =>
        snapshot.Select(Columns + "WHERE id = $1", DatabaseRows.Key, id).SingleOrDefault();
}

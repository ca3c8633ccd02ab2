namespace OrleansGallery.Storage;

/// <summary>The keys of the HTTP API in SQLite, through the store's threads.</summary>
internal sealed class SqliteKeys(StoreThreads<ReopenedWriter> writing, StoreThreads<SqliteReader> reading)
    : IStoredKeys
{
    /// <inheritdoc />
    public Task<bool> AddAsync(StoredKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return writing.RunAsync(writer => writer.Run(store => store.AddKey(key)), cancellationToken);
    }

    /// <inheritdoc />
    public Task<StoredKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        writing.RunAsync(writer => writer.Run(store => store.RevokeKey(id, at)), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredKey>> ListAsync(bool withRevoked, CancellationToken cancellationToken) =>
        reading.RunAsync(
            reader => reader.Read(snapshot => KeyQueries.All(snapshot, withRevoked)), cancellationToken);
}

namespace OrleansGallery.Storage;

/// <summary>The files of models in SQLite, through the store's threads.</summary>
internal sealed class SqliteModelFiles(StoreThreads<ReopenedWriter> writing, StoreThreads<SqliteReader> reading)
    : IModelFiles
{
    /// <inheritdoc />
    public Task PutChunkAsync(StoredModel model, int number, byte[] bytes, CancellationToken cancellationToken)
    {
        model.Require(number, bytes);
        return WriteAsync(writer => writer.PutModelChunk(model, number, bytes), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> PublishAsync(StoredModel model, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.PublishModel(model), cancellationToken);

    /// <inheritdoc />
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.DeleteModel(id), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync(ModelQueries.All, cancellationToken);

    /// <inheritdoc />
    public Task<StoredModel?> FindAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => ModelQueries.Find(snapshot, id), cancellationToken);

    /// <inheritdoc />
    public Task<byte[]?> ReadChunkAsync(StoredModel model, int number, CancellationToken cancellationToken) =>
        ReadAsync(snapshot => ModelQueries.Chunk(snapshot, model, number), cancellationToken);

    private Task<bool> WriteAsync(Func<SqliteWriter, bool> write, CancellationToken cancellationToken) =>
        writing.RunAsync(writer => writer.Run(write), cancellationToken);

    private Task<T> ReadAsync<T>(Func<SqliteSnapshot, T> read, CancellationToken cancellationToken) =>
        reading.RunAsync(reader => reader.Read(read), cancellationToken);
}

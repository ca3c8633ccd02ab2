using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>The files of models in PostgreSQL.</summary>
internal sealed class PostgresModelFiles(PostgresConnections connections, Repetition repetition) : IModelFiles
{
    private const string Columns = "SELECT id, sha256, length FROM gallery.models ";

    // Locked, so that a deletion at the same time comes wholly before or wholly after.
    private const string Publish =
        """
        WITH held AS MATERIALIZED (
            SELECT octet_length(bytes) AS size FROM gallery.model_chunks WHERE id = $1 AND sha256 = $2
            ORDER BY number FOR SHARE)
        INSERT INTO gallery.models (id, sha256, length) SELECT $1, $2, $3
            WHERE (SELECT count(*) = $4 AND coalesce(sum(size), 0) = $3 FROM held)
        ON CONFLICT (id) DO NOTHING
        """;

    /// <inheritdoc />
    public Task PutChunkAsync(StoredModel model, int number, byte[] bytes, CancellationToken cancellationToken)
    {
        model.Require(number, bytes);
        return WriteAsync(
            cancellationToken,
            new Statement(
                """
                INSERT INTO gallery.model_chunks (id, sha256, number, bytes) VALUES ($1, $2, $3, $4)
                ON CONFLICT (id, sha256, number) DO UPDATE SET bytes = excluded.bytes RETURNING true
                """,
                model.Id, model.Sha256, number, bytes));
    }

    /// <inheritdoc />
    public Task<bool> PublishAsync(StoredModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return WriteAsync(
            cancellationToken,
            new Statement(Publish, model.Id, model.Sha256, model.Length, (long)model.Chunks),
            new Statement(
                "SELECT EXISTS (SELECT FROM gallery.models WHERE id = $1 AND sha256 = $2 AND length = $3)",
                model.Id, model.Sha256, model.Length));
    }

    /// <inheritdoc />
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => WriteAsync(
        cancellationToken,
        new Statement("DELETE FROM gallery.model_chunks WHERE id = $1", id),
        new Statement("DELETE FROM gallery.models WHERE id = $1 RETURNING true", id));

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredModel>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync<StoredModel, IReadOnlyList<StoredModel>>(
            Model, rows => rows, new Statement(Columns + "ORDER BY id"), cancellationToken);

    /// <inheritdoc />
    public Task<StoredModel?> FindAsync(string id, CancellationToken cancellationToken) => ReadAsync(
        Model, rows => rows.SingleOrDefault(), new Statement(Columns + "WHERE id = $1", id), cancellationToken);

    /// <inheritdoc />
    public Task<byte[]?> ReadChunkAsync(StoredModel model, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ReadAsync(
            row => row.GetFieldValue<byte[]>(0), rows => rows.SingleOrDefault(),
            new Statement(
                "SELECT bytes FROM gallery.models JOIN gallery.model_chunks USING (id, sha256) "
                + "WHERE id = $1 AND sha256 = $2 AND number = $3",
                model.Id, model.Sha256, number),
            cancellationToken);
    }

    private static StoredModel Model(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2));

    private Task<bool> WriteAsync(CancellationToken cancellationToken, params Statement[] statements) =>
        repetition.WriteAsync(
            async one => (await connections.Writes.RunAsync(row => row.GetBoolean(0), one, statements))
                .SingleOrDefault(),
            cancellationToken);

    private Task<TOut> ReadAsync<TRow, TOut>(
        Func<NpgsqlDataReader, TRow> read, Func<List<TRow>, TOut> result, Statement statement,
        CancellationToken cancellationToken) =>
        repetition.ReadAsync(
            async one => result(await connections.Reads.RunAsync(read, one, statement)), cancellationToken);
}

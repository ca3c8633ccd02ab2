using System.Runtime.ExceptionServices;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// A streamed read of a partition. Only its beginning is repeated: what its reader has seen cannot be taken back. What
/// the reader throws passes unchanged.
/// </summary>
/// <param name="source">The connections.</param>
/// <param name="repetition">Repeats the beginning.</param>
internal sealed class PartitionLoad(NpgsqlDataSource source, Repetition repetition)
{
    // Looking each identity's facets up takes several times as long as its row, and a gallery without facets has
    // nothing to be found: that is seen once, in the index of the sums. What changed lately is not worth that look.
    private static readonly string Rows =
        $"""
        SELECT {PostgresRows.RowColumns}, facets.names, facets.counts, facets.sums
        FROM gallery.identities AS life LEFT JOIN LATERAL (
            SELECT array_agg(there.facet) AS names, array_agg(there.count) AS counts,
                array_agg(CASE WHEN there.count < life.count THEN there.sum END) AS sums
            FROM gallery.facet_sums AS there
            WHERE there.gallery = life.gallery AND there.slot = life.slot AND there.identity = life.identity
                AND there.born = life.born
                AND ($3 > 0 OR EXISTS (
                    SELECT FROM gallery.facet_sums AS any_sum
                    WHERE any_sum.gallery = $1 AND any_sum.slot = ANY ({PartitionSlots.Array})
                        AND any_sum.facet <> ''))) AS facets ON true
        WHERE life.gallery = $1 AND life.slot = ANY ({PartitionSlots.Array}) AND life.version > $3
        """;

    /// <summary>Streams a partition's rows.</summary>
    public async Task ReadRowsAsync(
        PartitionKey key, long after, Action<StoredRow> onRow, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await OpenAsync(null, cancellationToken);
        await RunAsync(
            () => ReadAsync(
                connection, new Statement(Rows, key.Gallery, key.Partition, after),
                row => Tell(onRow, RowOf(row)), cancellationToken),
            cancellationToken);
    }

    private static StoredRow RowOf(NpgsqlDataReader row)
    {
        const int first = DatabaseRows.RowWidth;
        StoredRow read = DatabaseRows.Row(row);
        if (row.IsDBNull(first))
        {
            return read with { Facets = [new StoredFacet(string.Empty, read.Count, [])] };
        }

        string[] names = row.GetFieldValue<string[]>(first);
        long[] counts = row.GetFieldValue<long[]>(first + 1);
        byte[]?[] sums = row.GetFieldValue<byte[]?[]>(first + 2);
        return read with
        {
            Facets =
            [
                .. names.Select((name, i) =>
                    new StoredFacet(name, counts[i], sums[i] is { } sum ? PackedSum.Unpack(sum) : [])),
            ],
        };
    }

    /// <summary>Reads a partition with all images.</summary>
    public async Task AuditAsync(PartitionKey key, IPartitionAudit audit, CancellationToken cancellationToken)
    {
        // Its end, or the connection's way back to the others, ends the transaction.
        await using NpgsqlConnection connection = await OpenAsync(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken);
        await RunAsync(
            () => new PartitionAuditRead(connection, key, audit).RunAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Reads a statement's rows one by one.</summary>
    public static async Task ReadAsync(NpgsqlConnection connection, Statement statement, Action<NpgsqlDataReader> onRow,
        CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(statement.Text, connection);
        statement.AddTo(command.Parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        bool ended = false;
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                onRow(reader);
            }

            ended = true;
        }
        finally
        {
            if (!ended)
            {
                // Else closing the reader would fetch all that is left. To cancel, Npgsql opens another connection and
                // waits for it, for which it has no asynchronous call: on a thread of its own, because loads end
                // together when a silo stops or the store goes, and would take as many threads from the pool.
                await Task.Factory.StartNew(
                    command.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Tells the reader, whose own failures must not be taken for the driver's.</summary>
    public static void Tell<T>(Action<T> reader, T value)
    {
        try
        {
            reader(value);
        }
        catch (Exception cause)
        {
            throw new ReaderFailedException(cause);
        }
    }

    private Task<NpgsqlConnection> OpenAsync(string? first, CancellationToken cancellationToken) =>
        repetition.ReadAsync(
            async token =>
            {
                NpgsqlConnection connection = await source.OpenConnectionAsync(token);
                try
                {
                    // Not sure to be alive: it may have waited for its next use since before the server went.
                    await connection.ExecuteAsync(first ?? "SELECT 1", token);
                    return connection;
                }
                catch
                {
                    await connection.DisposeAsync();
                    throw;
                }
            },
            cancellationToken);

    private static async Task RunAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            await read();
        }
        catch (ReaderFailedException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
        }
        catch (Exception cause) when (PostgresErrors.IsDrivers(cause))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.Of(cause, sent: false);
        }
    }

    private sealed class ReaderFailedException(Exception cause) : Exception(null, cause);
}

using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>Who owns partitions. Every write here may be repeated, and may come late: it changes nothing but the state
/// that its sender saw. It waits for a commit under way, which holds the partition's row.</summary>
/// <param name="source">The connections.</param>
internal sealed class PostgresOwnership(NpgsqlDataSource source)
{
    private const string OfPartition = "WHERE gallery = $1 AND partition = $2 ";
    private const string Columns = PostgresRows.StateColumns + ", handed_over";

    // For the transaction alone.
    private static readonly Statement WaitNoLonger =
        new("DO $$ BEGIN PERFORM set_config('lock_timeout', '1s', true); END $$");

    // A commit that is executed but whose message never ends: its process was stopped, or cut off, between the last
    // bytes. Nobody else would let go of the rows in its place.
    private static readonly Statement EndSilentCommits = new(
        """
        SELECT pg_terminate_backend(pid)
        FROM pg_stat_activity JOIN pg_locks USING (pid)
        WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND relation = 'gallery.partitions'::regclass AND mode = 'RowExclusiveLock' AND granted
            AND state <> 'idle' AND wait_event = 'ClientRead' AND query_start < clock_timestamp() - interval '900 ms'
        """);

    /// <summary>Takes a partition.</summary>
    public async Task<TakenPartition?> TakeAsync(PartitionKey key, Guid owner, CancellationToken cancellationToken)
    {
        while (true)
        {
            TakenPartition? found = (await source.RunAsync(Taken, cancellationToken, new Statement(
                $"SELECT {Columns} FROM gallery.partitions {OfPartition}", key.Gallery, key.Partition)))
                .SingleOrDefault();
            if (found is null || found.State.Owner == owner)
            {
                return found;
            }

            TakenPartition? taken = await WriteAsync(Taken, cancellationToken, new Statement(
                "UPDATE gallery.partitions SET epoch = epoch + 1, owner = $3, handed_over = (owner IS NULL) "
                + OfPartition + "AND epoch = $4 AND coalesce(owner, $6) = $5 RETURNING " + Columns,
                key.Gallery, key.Partition, owner, found.State.Position.Epoch, found.State.Owner, Guid.Empty));
            if (taken is not null)
            {
                return taken;
            }
        }
    }

    /// <summary>Takes a partition anew.</summary>
    public async Task<PartitionPosition?> RetakeAsync(PartitionOwner held, CancellationToken cancellationToken) =>
        (await WriteAsync(
            PostgresRows.State, cancellationToken,
            Of(held, $"UPDATE gallery.partitions SET epoch = epoch + 1 {OfPartition}AND owner = $3 AND epoch = $4"),
            Of(held, $"SELECT {PostgresRows.StateColumns} FROM gallery.partitions {OfPartition}"
                + "AND owner = $3 AND epoch = $4 + 1")))?.Position;

    /// <summary>Hands a partition over.</summary>
    public Task<bool> ReleaseAsync(PartitionOwner held, CancellationToken cancellationToken) => WriteAsync(
        row => row.IsDBNull(0), cancellationToken,
        Of(held, "UPDATE gallery.partitions SET owner = NULL " + OfPartition + "AND owner = $3 AND epoch = $4"),
        new Statement(
            "SELECT owner FROM gallery.partitions " + OfPartition, held.Key.Gallery, held.Key.Partition));

    /// <summary>Says who still owns what, and where it stands.</summary>
    public async Task<IReadOnlyList<long?>> ConfirmAsync(
        IReadOnlyList<PartitionOwner> held, CancellationToken cancellationToken) => await source.RunAsync(
        row => row.IsDBNull(0) ? null : (long?)row.GetInt64(0), cancellationToken, new Statement(
            """
            SELECT partitions.sequence
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS held (gallery, partition, owner, epoch, n)
            LEFT JOIN gallery.partitions USING (gallery, partition, owner, epoch)
            ORDER BY held.n
            """,
            held.Select(one => one.Key.Gallery).ToArray(), held.Select(one => one.Key.Partition).ToArray(),
            held.Select(one => one.Owner).ToArray(), held.Select(one => one.Epoch).ToArray()));

    private static Statement Of(PartitionOwner held, string text) =>
        new(text, held.Key.Gallery, held.Key.Partition, held.Owner, held.Epoch);

    private static TakenPartition Taken(NpgsqlDataReader row) =>
        new(PostgresRows.State(row), row.GetBoolean(PostgresRows.StateWidth));

    private async Task<T?> WriteAsync<T>(
        Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params Statement[] statements)
    {
        try
        {
            return (await source.RunAsync(read, cancellationToken, [WaitNoLonger, .. statements])).SingleOrDefault();
        }
        catch (PostgresException cause) when (cause.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await source.RunAsync(row => row.GetBoolean(0), cancellationToken, EndSilentCommits);
            throw;
        }
    }
}

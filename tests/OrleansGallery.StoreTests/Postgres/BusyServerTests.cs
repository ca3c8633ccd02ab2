using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>Other writers, full pools, connections that are ended, a database that takes no writes.</summary>
public sealed class BusyServerTests(PostgresFixture postgres) : PostgresNetworkTests(postgres)
{
    [Fact]
    public async Task Take_WhileACommitIsUnderWay_WaitsAndHasSeenIt()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Database.Database.ConnectionString);
        await using NpgsqlConnection committer = await source.OpenConnectionAsync(Token);
        await using NpgsqlTransaction commit = await committer.BeginTransactionAsync(Token);
        await using NpgsqlCommand update = new("UPDATE gallery.partitions SET sequence = 1", committer);
        await update.ExecuteNonQueryAsync(Token);

        Task<TakenPartition?> take = Near.TakePartitionAsync(partition.Key, Guid.NewGuid(), Token);
        await UntilAsync(1, "SELECT count(*) FROM pg_locks WHERE NOT granted");
        await commit.CommitAsync(Token);

        Assert.Equal((2, 1), ((await take)!.State.Position.Epoch, (await take)!.State.Position.Sequence));
    }

    [Fact]
    public async Task Commit_OfTwoSilosOverTheSamePartitionsInOpposedOrder_NeverDeadlocks()
    {
        GalleryRecord gallery = new()
        {
            Name = "people",
            Dimension = TestImages.Dimension,
            Partitions = 16,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        gallery = (await Near.CreateGalleryAsync(gallery, Guid.NewGuid(), Token))!;
        OwnedPartition[] partitions = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            i => OwnedPartition.TakeAsync(Near, new PartitionKey(gallery.Number, i), Token)));
        PartitionWrite[] stale = [.. partitions.Select(partition => partition.Write() with { Sequence = -1 })];
        Task other = Task.Run(
            async () =>
            {
                for (int i = 0; i < 100; i++)
                {
                    // A silo whose partitions were taken from it, in the order of its own queue.
                    Assert.DoesNotContain(true, await Far.CommitAsync([.. stale.Reverse()]));
                }
            },
            Token);

        for (int i = 0; i < 100; i++)
        {
            PartitionWrite[] writes = [.. partitions.Select(partition => partition.Write())];
            Assert.DoesNotContain(false, await Near.CommitAsync(writes));
            Array.ForEach([.. partitions.Zip(writes)], pair => pair.First.Apply(pair.Second));
        }

        await other;
    }

    [Fact]
    public async Task Any_PoolExhausted_IsAwayInTimeAndCertain()
    {
        PostgresStoreOptions options = new()
        {
            MaxWriteConnections = 2,
            MaxReadConnections = 1,
            MaxLoadConnections = 1,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            RetryTime = TimeSpan.FromSeconds(1),
        };
        IGalleryStore small = Open(options);
        OwnedPartition partition = await CreateAndTakeAsync();
        await WarmUpAsync(partition, small);
        await small.ReadPartitionAsync(partition.Key, Token);
        Task held = Proxy.ToServer.HoldAfter(0);
        Task[] stuck =
        [
            small.CommitAsync([partition.Write()]), small.CommitAsync([partition.Write()]),
            small.ReadPartitionAsync(partition.Key, Token),
            small.ReadRowsAsync(partition.Key, 0, _ => { }, Token),
        ];
        await held;

        foreach (Func<Task> call in (Func<Task>[])
        [
            () => small.CommitAsync([partition.Write()]),
            () => small.ReadPartitionAsync(partition.Key, Token),
            () => small.ReadRowsAsync(partition.Key, 0, _ => { }, Token),
        ])
        {
            StoreAwayException away = await Assert.ThrowsAsync<StoreAwayException>(
                () => call().WaitAsync(TimeSpan.FromSeconds(10), Token));
            Assert.Equal((StoreAwayReason.Unreachable, false), (away.Reason, away.IsOutcomeUnknown));
        }

        Proxy.Restore();
        foreach (Task task in stuck)
        {
            Assert.True(await Record.ExceptionAsync(() => task) is null or StoreAwayException);
        }
    }

    [Fact]
    public async Task Any_ConnectionsEndedInTheMiddle_LosesNothingThatWasHeard()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        StoreCaller caller = new(() => Far);
        Task killing = Task.CompletedTask;

        for (int i = 0; i < 400 || !killing.IsCompleted; i++)
        {
            if (i % 10 == 0 && killing.IsCompleted)
            {
                await killing;
                killing = KillOneAsync();
            }

            await caller.CommitAsync((partition, [Next(), IdentityChange.Delete($"identity{i:D4}")]));
        }

        await killing;
        Assert.True(caller.Failures > 5, $"{caller.Failures} failures");
        await StoredContent.AssertAsync(Near, partition, Token);
    }

    [Fact]
    public async Task Any_DatabaseTakesNoWrites_IsFailingAndReadsGoOn()
    {
        OwnedPartition partition = await CreateAndTakeAsync();
        await Database.ReadAsync(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
            + "current_database()); END $$");
        IGalleryStore fresh = Open(PostgresStoreDatabase.Options);

        foreach (Func<Task> write in (Func<Task>[])
        [
            () => fresh.CommitAsync([partition.Write(Next())]), () => fresh.CheckWritableAsync(Token),
            () => fresh.TakePartitionAsync(partition.Key, Guid.NewGuid(), Token),
        ])
        {
            StoreAwayException away = await Assert.ThrowsAsync<StoreAwayException>(write);
            Assert.Equal((StoreAwayReason.Failing, false), (away.Reason, away.IsOutcomeUnknown));
        }

        await StoredContent.AssertAsync(fresh, partition, Token);
    }

    // Ends a connection while it works.
    private async Task KillOneAsync()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Database.Database.ConnectionString);
        await using NpgsqlCommand kill = source.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() "
            + "AND application_name = 'gallery writes' AND state = 'active'");
        while (await kill.ExecuteScalarAsync(Token) is 0L)
        {
        }
    }
}

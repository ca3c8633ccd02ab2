using System.Globalization;
using Npgsql;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>
/// Everything that can be lost is lost while two clients change and search a gallery. In the end every acknowledged
/// change is there once, and the root hash is that of the clients' own logs. <c>GALLERY_SEED</c> sets what they do.
/// </summary>
[Trait("Category", "Cluster"), Collection(Alone.Name)]
public sealed class FaultTests(OwnPostgres postgres, ITestOutputHelper output) : IClassFixture<OwnPostgres>
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);

    // So long one that is back may do what it must not do.
    private static readonly TimeSpan Awake = TimeSpan.FromSeconds(4);

    // How many more acknowledgements show that a fault is over.
    private const int Healed = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Seed { get; } = int.Parse(
        Environment.GetEnvironmentVariable("GALLERY_SEED") ?? "20261128", CultureInfo.InvariantCulture);

    [Fact]
    public Task Kill_AGallerySilo_LosesNothing() => RunAsync(3, async cluster =>
    {
        cluster.Silos[1].Kill();
        await Task.Delay(TimeSpan.FromSeconds(8));
        await cluster.Silos[1].StartAsync();
    });

    [Fact]
    public Task Kill_TheApi_LosesNothing() => RunAsync(2, async cluster =>
    {
        cluster.Api.Kill();
        await Task.Delay(TimeSpan.FromSeconds(1));
        await cluster.Api.StartAsync();
        cluster.OnApiStarted();
    });

    [Fact]
    public Task Pause_AGallerySiloBeyondTheTimeOut_LosesNothingWhenItWakesUp() => RunAsync(3, async cluster =>
    {
        cluster.Silos[0].Pause();
        await Task.Delay(TimeSpan.FromSeconds(15));
        cluster.Silos[0].Resume();
        await Task.Delay(Awake);
    });

    [Fact]
    public Task PauseThenKill_AGallerySilo_AnswersGoOnWithinTheirDeadline() => RunAsync(
        3,
        async cluster =>
        {
            cluster.Silos[1].Pause();
            await Task.Delay(TimeSpan.FromSeconds(6));
            cluster.Silos[1].Kill();
            await Task.Delay(TimeSpan.FromSeconds(6));
        },
        steady =>
        {
            Assert.InRange(steady.Quantile(0.99), TimeSpan.Zero, new ServerOptions().SearchDeadline);
            Assert.InRange(steady.LongestGap, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        });

    [Fact]
    public Task Cut_TheDatabaseFromOneSilo_LosesNothing() => RunAsync(3, async cluster =>
    {
        cluster.Silos[2].Database.TakeDown();
        await Task.Delay(Away);
        cluster.Silos[2].Database.Restore();
        await Task.Delay(Awake);
    });

    [Fact]
    public Task Cut_TheDatabaseFromAll_SearchesGoOnAndNothingIsLost() => RunAsync(3, async cluster =>
    {
        foreach (FaultNode silo in cluster.Silos)
        {
            silo.Database.TakeDown();
        }

        await Task.Delay(Away / 2);
        using (GalleryClient client = cluster.Connect())
        {
            SearchRequest query = new() { Vector = SyntheticVectors.Embedding(1001, 0, LoadClient.Dimension) };
            SearchResponse away = await client.SearchAsync(LoadClient.Gallery, query, Token);
            Assert.False(away.Confirmed);
            Assert.False(away.Partial);
            GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
                () => client.SearchAsync(LoadClient.Gallery, query with { RequireComplete = true }, Token));
            Assert.Equal((503, ErrorCodes.Unconfirmed), (refused.Status, refused.Code));
            Assert.True(await client.IsReadyAsync(Token));
        }

        await Task.Delay(Away / 2);
        foreach (FaultNode silo in cluster.Silos)
        {
            silo.Database.Restore();
        }

        await Task.Delay(Awake);
    });

    [Fact]
    public Task Crash_TheDatabase_LosesNothing() => RunAsync(2, async cluster =>
    {
        await cluster.Database.Server.CrashAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        await cluster.Database.Server.RestartAsync();
    });

    [Fact]
    public Task End_ConnectionsInTheMiddleOfStatements_LosesNothing() => RunAsync(2, async cluster =>
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(cluster.Database.ConnectionString);
        for (int i = 0; i < 40; i++)
        {
            await using NpgsqlCommand end = source.CreateCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND pid <> pg_backend_pid() AND state = 'active'");
            await end.ExecuteNonQueryAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    });

    [Fact]
    public Task Cut_OneSiloFromTheOthers_LosesNothing() => RunAsync(3, async cluster =>
    {
        cluster.Silos[0].Silo.TakeDown();
        await Task.Delay(TimeSpan.FromSeconds(10));
        cluster.Silos[0].Silo.Restore();
        await Task.Delay(Awake);
    });

    [Fact]
    public Task Restart_OneSiloAfterTheOther_LosesNothing() => RunAsync(3, async cluster =>
    {
        foreach (FaultNode silo in cluster.Silos)
        {
            await silo.StopAsync();
            await silo.StartAsync();
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
    });

    [Fact]
    public Task AddAndRemove_SilosInALoop_LosesNothing() => RunAsync(2, async cluster =>
    {
        for (int i = 0; i < 3; i++)
        {
            FaultNode added = await cluster.AddAsync(
                string.Create(CultureInfo.InvariantCulture, $"more-{i}"), "gallery");
            await Task.Delay(TimeSpan.FromSeconds(3));
            await cluster.RemoveAsync(added);
        }
    });

    [Fact]
    public Task Kill_EverySilo_LosesNothing() => RunAsync(3, async cluster =>
    {
        foreach (FaultNode silo in cluster.Silos)
        {
            silo.Kill();
        }

        long started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(cluster.Silos.Select(silo => silo.StartAsync()));
        using GalleryClient client = cluster.Connect();
        await FaultCluster.ReadyAsync(client);
        output.WriteLine($"Ready again after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s");
    });

    private async Task RunAsync(int silos, Func<FaultCluster, Task> fault, Action<SteadySearcher>? check = null)
    {
        output.WriteLine($"Seed {Seed}");
        await using FaultCluster cluster = await FaultCluster.StartAsync(postgres, silos);
        try
        {
            await RunAsync(cluster, fault, check);
        }
        catch
        {
            output.WriteLine(cluster.Errors);
            throw;
        }
    }

    private async Task RunAsync(FaultCluster cluster, Func<FaultCluster, Task> fault, Action<SteadySearcher>? check)
    {
        using (GalleryClient creator = cluster.Connect())
        {
            await creator.CreateGalleryAsync(new CreateGalleryRequest
            {
                Name = LoadClient.Gallery, Dimension = LoadClient.Dimension, Partitions = LoadClient.Partitions,
            });
            await SteadySearcher.PrepareAsync(creator);
        }

        SteadySearcher steady = new(cluster, Seed);
        LoadClient[] clients = [new(cluster, 1, Seed), new(cluster, 2, Seed)];
        using ScopedCancellation done = new();
        Task load = Task.WhenAll(
            clients.Select(client => Task.Run(() => client.RunAsync(done.Token)))
                .Append(Task.Run(() => steady.RunAsync(done.Token))));
        await Task.Delay(Warm);
        await fault(cluster);
        await Task.WhenAll(clients.Select(client => client.AcknowledgedAsync(Healed)));
        await done.CancelAsync();
        await load;

        using GalleryClient last = cluster.Connect();
        await FaultCluster.ReadyAsync(last);
        output.WriteLine(steady.ToString());
        Hash256 root = SteadySearcher.Root();
        foreach (LoadClient client in clients)
        {
            root += await client.SettleAsync(last);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{client.Acknowledged} acks, {client.Searches} searches ({client.Reserved} partial or not confirmed), "
                + $"{client.Failed} failed, longest gap {client.LongestGap.TotalSeconds:0.00} s"));
        }

        VerificationResponse report = await last.VerifyAsync(LoadClient.Gallery);
        string[] faults = [.. clients.SelectMany(client => client.Faults), .. steady.Faults];
        Assert.Empty(faults);
        Assert.Empty(report.Differences);
        Assert.Equal(root.ToString(), report.RootHash);
        Assert.Equal(root.ToString(), (await last.GetGalleryAsync(LoadClient.Gallery)).RootHash);
        check?.Invoke(steady);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A client's call that may take minutes or hours, whose silo is killed behind the gateway, or whose gateway
/// is: it ends in seconds, and asking again succeeds.</summary>
public sealed class LostSiloTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<FaultyStore> _stores = [];
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("verify")]
    [InlineData("describe")]
    [InlineData("propose-split")]
    [InlineData("erase")]
    public async Task Call_ItsSiloIsKilledBehindTheGateway_IsToBeSentAgainSoonAndSucceedsThen(string method)
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await FillAsync(cluster);
        InProcessSiloHandle silo = cluster.Silos[1];
        Task call = await CallAsync(cluster, two, method);

        long start = Stopwatch.GetTimestamp();
        Task killed = cluster.KillSiloAsync(silo);
        RetryException retry = await Assert.ThrowsAsync<RetryException>(
            () => call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TestContext.Current.SendDiagnosticMessage("{0} ended after {1:0.0} s.", method, elapsed.TotalSeconds);
        Assert.Contains("was lost", retry.Message, StringComparison.Ordinal);
        Assert.InRange(elapsed, TimeSpan.Zero, Soon);
        Hold(method, null);
        _release.SetResult();
        await killed;
        await Answer.GetAsync(() => SendAsync(cluster, two, method));
        await AssertAsync(two, method);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("erase")]
    public async Task Call_ItsGatewayIsKilled_IsAnsweredWhenItIsDone(string method)
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await FillAsync(cluster);
        Task call = await CallAsync(cluster, two, method);

        await cluster.KillSiloAsync(cluster.Silos[0]);
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        Assert.False(call.IsCompleted);
        long start = Stopwatch.GetTimestamp();
        _release.SetResult();
        await call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Soon);
        Hold(method, null);
        await AssertAsync(two, method);
    }

    [Fact]
    public async Task Call_NobodyIsLeftToAsk_IsToBeSentAgain()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        Task call = await CallAsync(cluster, two, "verify");

        await cluster.KillSiloAsync(cluster.Silos[0]);

        await Assert.ThrowsAsync<RetryException>(
            () => call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_TakesItsTimeAndFails_FailsAsItWould()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await FillAsync(cluster);
        Task call = await CallAsync(cluster, two, "describe");

        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        Assert.False(call.IsCompleted);
        _release.SetException(new StoreAwayException(StoreAwayReason.Damaged, "Damaged."));

        await Assert.ThrowsAsync<StorageDamagedException>(() => call);
    }

    [Fact]
    public async Task Call_ItsGrainIsToLeaveASiloThatLives_GoesOn()
    {
        await using GalleryCluster cluster = await StartAsync();
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        IAddressable identity = two.Grain(TwoIdentities.Low);
        await cluster.MoveAsync(two.Gallery, 0, await cluster.AddSiloAsync());
        Task call = await CallAsync(cluster, two, "erase");

        await Task.Delay(LongCallWatch.MaxSilence + TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TimeoutException>(() => identity.AsReference<ILongCalls>().FindAsync(Guid.NewGuid()));
        Assert.False(call.IsCompleted);
        _release.SetResult();
        await call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Hold("erase", null);
        await AssertAsync(two, "erase");
    }

    [Fact]
    public async Task Call_AskingAfterItFails_IsToBeSentAgain()
    {
        await using GalleryCluster cluster = await StartAsync(() => throw new IOException("Broken."));
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        Task call = await CallAsync(cluster, two, "verify");

        await Assert.ThrowsAsync<RetryException>(
            () => call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        _release.SetResult();
    }

    [Fact]
    public async Task Call_ItsSiloIsOlderThanTheQuestion_GoesOn()
    {
        await using GalleryCluster cluster = await StartAsync(() => throw new GrainExtensionNotInstalledException());
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        Task call = await CallAsync(cluster, two, "verify");

        await Task.Delay(LongCallWatch.MaxSilence + TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.False(call.IsCompleted);
        _release.SetResult();
        await call.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        // A test that fails must not leave anybody waiting.
        _release.TrySetResult();
        _folder.Dispose();
    }

    // One silo: it is the gateway for whatever is asked now, also when others have joined.
    private Task<GalleryCluster> StartAsync(Action? beforeFind = null) => GalleryCluster.StartSeveralAsync(
        1,
        () =>
        {
            FaultyStore store = new(new SqliteGalleryStore(_folder.File("gallery.db")));
            _stores.Add(store);
            return store;
        },
        silo => silo.AddIncomingGrainCallFilter(context =>
        {
            if (context.InterfaceMethod.DeclaringType == typeof(ILongCalls))
            {
                beforeFind?.Invoke();
            }

            return context.Invoke();
        }));

    // The gallery and the lower identity are on the second of three silos then.
    private static async Task<TwoIdentities> FillAsync(GalleryCluster cluster)
    {
        TwoIdentities two = await TwoIdentities.FillAsync(cluster);
        InProcessSiloHandle silo = await cluster.AddSiloAsync();
        await cluster.AddSiloAsync();
        await cluster.MoveAsync(two.Gallery, 0, silo);
        await Answer.GetAsync(() => two.Grain(TwoIdentities.Low).GetAsync(false));
        await cluster.MoveAsync(cluster.Gallery("people"), silo);
        await Answer.GetAsync(() => cluster.Gallery("people").GetAsync());
        foreach (IAddressable grain in (IAddressable[])[two.Grain(TwoIdentities.Low), cluster.Gallery("people")])
        {
            Assert.Equal(silo.SiloAddress, cluster.TryGetContext(grain.GetGrainId())!.Address.SiloAddress);
        }

        return two;
    }

    private async Task<Task> CallAsync(GalleryCluster cluster, TwoIdentities two, string method)
    {
        Hold(method, () =>
        {
            _reached.TrySetResult();
            return _release.Task;
        });
        Task call = SendAsync(cluster, two, method);
        await Task.WhenAny(_reached.Task, call);
        Assert.False(call.IsCompleted);
        return call;
    }

    private void Hold(string method, Func<Task>? hold)
    {
        foreach (FaultyStore store in _stores)
        {
            switch (method)
            {
                case "verify":
                    store.BeforeAudit = hold;
                    break;
                case "describe":
                    store.BeforeDescribe = hold;
                    break;
                case "propose-split":
                    store.BeforeImages = hold;
                    break;
                default:
                    store.Erasing = hold;
                    break;
            }
        }
    }

    private static async Task<object> SendAsync(GalleryCluster cluster, TwoIdentities two, string method)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        IGalleryGrain gallery = cluster.Gallery("people");
        IIdentityGrain identity = two.Grain(TwoIdentities.Low);
        return method switch
        {
            "verify" => await gallery.VerifyAsync(token),
            "describe" => await gallery.DescribeAsync(),
            "propose-split" => await identity.ProposeSplitAsync(token),
            _ => await identity.EraseAsync(
                new EraseRequest { OperationId = "e1", ImageId = two.ImagesOf(TwoIdentities.Low)[0] }),
        };
    }

    private static Task AssertAsync(TwoIdentities two, string method)
    {
        if (method == "erase")
        {
            two.Erased(TwoIdentities.Low, two.ImagesOf(TwoIdentities.Low)[0]);
        }

        return two.AssertAsync();
    }
}

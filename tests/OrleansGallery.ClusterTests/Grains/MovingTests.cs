using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;
using static OrleansGallery.ClusterTests.Eventually;

namespace OrleansGallery.ClusterTests;

/// <summary>Partitions go where they belong by themselves, and owners that the store does not confirm say so.</summary>
public sealed class MovingTests : IDisposable
{
    private const int Dimension = 16;
    private const int Identities = 60;
    private const int Partitions = 12;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Balance_ASiloJoinsAndIsToldToStop_GetsItsShareAndHandsItOver()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open, Fast);
        Gallery gallery = await FillAsync(cluster);

        InProcessSiloHandle third = await cluster.AddSiloAsync();
        await UntilAsync(() => HeldBy(third) == Partitions / 3);
        Assert.Equal(Partitions, cluster.Silos.Sum(HeldBy));
        Assert.Equal(Partitions / 3, HeldBy(cluster.Silos[0]));
        await cluster.StopSiloAsync(third);

        // Handed over, not just dropped: nobody has to be asked for it first.
        await UntilAsync(() => cluster.Silos.Sum(HeldBy) == Partitions);
        SearchAnswer answer = await cluster.SearchAsync(
            gallery, SyntheticVectors.Embedding(7, 0, Dimension), top: Identities);
        Assert.Equal((Partitions, Identities), (answer.Answered, answer.Matches.Count));
        Assert.Empty((await cluster.Gallery("people").VerifyAsync(Token)).Differences);
    }

    [Fact]
    public async Task Move_ChangesWhileThePartitionIsReadAhead_AreAllThere()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 1);
        for (int i = 0; i < 20; i++)
        {
            await cluster.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(i, 0, Dimension));
        }

        SiloAddress from = (await cluster.Partition(gallery, 0).LocateAsync()).Silo;
        InProcessSiloHandle to = cluster.Silos.Single(silo => !silo.SiloAddress.Equals(from));
        SiloPartitionsClient silos = to.ServiceProvider.GetRequiredService<SiloPartitionsClient>();
        Assert.True(await silos.On(to.SiloAddress).PrefetchAsync(gallery.Number, 0, Token));
        await cluster.Identity(gallery, "p1").EnrolAsync(Images.Of(1, 1, Dimension));
        await cluster.Identity(gallery, "p2").DeleteAsync();
        await cluster.Identity(gallery, "p3").DeleteAsync();
        await cluster.Identity(gallery, "p3").EnrolAsync(Images.Of(3, 9, Dimension));
        await cluster.Identity(gallery, "new").EnrolAsync(Images.Of(77, 0, Dimension));
        GallerySummary before = await cluster.Gallery("people").DescribeAsync();

        await cluster.MoveAsync(gallery, 0, to);

        LocalPartition moved = Assert.Single(to.ServiceProvider.GetRequiredService<LocalPartitions>().All);
        PartitionSummary summary = moved.Describe();
        Assert.Equal((before.RootHash, 20, 20), (summary.Hash, summary.Rows, moved.Rows.Count));
        SearchAnswer answer = await cluster.SearchAsync(
            gallery, SyntheticVectors.Embedding(2, 0, Dimension), top: 100);
        Assert.Equal(
            [.. Enumerable.Range(0, 20).Where(i => i != 2).Select(i => $"p{i}").Append("new").Order()],
            answer.Matches.Select(match => match.IdentityId).Order());
        Assert.Empty((await cluster.Gallery("people").VerifyAsync(Token)).Differences);
    }

    [Fact]
    public async Task Locate_ASiloJoinsWhileLoadsWaitInLine_ItLoadsWhatBelongsToIt()
    {
        TaskCompletionSource reading = new();
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            1, () => new FaultyStore(Open()) { Reading = () => reading.Task },
            silo => silo.Configure<PartitionOptions>(options => options.LoadsAtOnce = 1));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, Partitions);
        Task<PartitionPlace>[] asked = [.. Enumerable.Range(0, Partitions).Select(
            partition => cluster.Partition(gallery, partition).LocateAsync())];
        IServiceProvider first = cluster.Silos[0].ServiceProvider;
        InProcessSiloHandle joined = await cluster.AddSiloAsync();
        await UntilAsync(() => first.GetRequiredService<SiloRoster>().Current.GallerySilos.Count == 2);
        reading.SetResult();
        await Task.WhenAll(asked).ContinueWith(_ => { }, TaskScheduler.Default);

        IReadOnlyList<SiloAddress> owners =
            first.GetRequiredService<PartitionOwnership>().OwnersOf(gallery.Number, Partitions);
        Assert.Contains(joined.SiloAddress, owners);
        int elsewhere = 0;
        for (int partition = 0; partition < Partitions; partition++)
        {
            SiloAddress silo = (await cluster.Partition(gallery, partition).LocateAsync()).Silo;
            elsewhere += silo.Equals(owners[partition]) ? 0 : 1;
        }

        // The one that was being loaded stays until it is moved.
        Assert.InRange(elsewhere, 0, 1);
        Assert.Contains(asked, task => task.Exception?.InnerException is RetryException);
    }

    [Fact]
    public async Task Search_TheStoreIsAway_GoesOnAndSaysThatItIsNotConfirmed()
    {
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            1, () => store = new FaultyStore(Open()), silo => silo.Configure<PartitionOptions>(options =>
            {
                options.ConfirmInterval = TimeSpan.FromMilliseconds(50);
                options.LeaseTime = TimeSpan.FromSeconds(2);
            }));
        Gallery gallery = await FillAsync(cluster);
        float[] query = SyntheticVectors.Embedding(7, 0, Dimension);
        Assert.True((await cluster.SearchAsync(gallery, query)).IsConfirmed);

        store!.BeforeConfirm = () => throw new StoreAwayException(
            StoreAwayReason.Unreachable, "Away.", new IOException("No route."));
        // A confirmation that was on its way when the store went away may still arrive.
        await UntilAsync(async () => await Record.ExceptionAsync(
            () => cluster.Identity(gallery, "p7").GetAsync(false)) is RetryException);
        SearchAnswer away = await cluster.SearchAsync(gallery, query);
        Assert.False(away.IsConfirmed);
        store.BeforeConfirm = null;
        await UntilAsync(async () => (await cluster.SearchAsync(gallery, query)).IsConfirmed);

        Assert.Equal((Partitions, "p7"), (away.Answered, away.Matches[0].IdentityId));
        Assert.Equal(1, (await cluster.Identity(gallery, "p7").GetAsync(false)).Count);
    }

    [Fact]
    public async Task Confirm_AnotherHasTakenThePartition_NothingIsAnsweredFromItAnyMore()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(1, Open, silo =>
            silo.Configure<PartitionOptions>(options => options.ConfirmInterval = TimeSpan.FromMilliseconds(50)));
        Gallery gallery = await FillAsync(cluster);
        LocalPartitions local = cluster.Silos[0].ServiceProvider.GetRequiredService<LocalPartitions>();
        PartitionKey key = new(gallery.Number, 3);
        LocalPartition old = local.Find(key)!;

        await cluster.Store.TakePartitionAsync(key, Guid.NewGuid(), Token);

        await UntilAsync(() => old.IsLost);
        SearchAnswer answer = await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(7, 0, Dimension), top: 100);
        Assert.Equal((Partitions, Identities), (answer.Answered, answer.Matches.Count));
        Assert.True(local.Find(key)!.Held.Epoch > old.Held.Epoch + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enrol_FirstWriteOfANewOwner_WaitsUnlessThePartitionWasHandedOver(bool handedOver)
    {
        TimeSpan lease = TimeSpan.FromMilliseconds(800);
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(1, Open, silo =>
            silo.Configure<PartitionOptions>(options => options.LeaseTime = lease));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 1);
        PartitionKey key = new(gallery.Number, 0);
        Guid other = Guid.NewGuid();
        TakenPartition taken = (await cluster.Store.TakePartitionAsync(key, other, Token))!;
        if (handedOver)
        {
            await cluster.Store.ReleasePartitionAsync(
                new PartitionOwner(key, other, taken.State.Position.Epoch), Token);
        }

        await cluster.Partition(gallery, 0).LocateAsync();
        long started = TimeProvider.System.GetTimestamp();
        await cluster.Identity(gallery, "p1").EnrolAsync(Images.Of(1, 0, Dimension));
        TimeSpan first = TimeProvider.System.GetElapsedTime(started);

        LocalPartition partition = cluster.Silos[0].ServiceProvider.GetRequiredService<LocalPartitions>().Find(key)!;
        Assert.Equal(handedOver, partition.FirstAck <= started);
        Assert.True(handedOver || first > lease / 4, $"{first}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leave_BeforeTheFirstAcknowledgement_IsNoHandingOver(bool mayAcknowledge)
    {
        // So long that it is never over by itself: a partition that was handed over may be acknowledged from at once.
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(1, Open, silo =>
            silo.Configure<PartitionOptions>(options => options.LeaseTime = TimeSpan.FromMinutes(10)));
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 1);
        PartitionKey key = new(gallery.Number, 0);
        Guid before = Guid.NewGuid();
        TakenPartition old = (await cluster.Store.TakePartitionAsync(key, before, Token))!;
        if (mayAcknowledge)
        {
            await cluster.Store.ReleasePartitionAsync(new(key, before, old.State.Position.Epoch), Token);
        }

        await cluster.Partition(gallery, 0).LocateAsync();
        LocalPartition partition = cluster.Silos[0].ServiceProvider.GetRequiredService<LocalPartitions>().Find(key)!;
        IGrainContext activation = cluster.TryGetContext(cluster.Partition(gallery, 0).GetGrainId())!;
        partition.LetGo();
        await activation.Deactivated;

        Assert.Equal(
            mayAcknowledge, (await cluster.Store.ReadPartitionAsync(key, Token))!.Owner == Guid.Empty);
        Assert.Equal(
            mayAcknowledge, (await cluster.Store.TakePartitionAsync(key, Guid.NewGuid(), Token))!.WasHandedOver);
    }

    [Fact]
    public async Task Describe_TheCluster_NamesSilosGalleriesAndWhatIsPlaced()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, Open, silo => silo.Services.AddSingleton<IImageEmbedder>(_ => new FakeEmbedder()));
        await FillAsync(cluster);
        await cluster.CreateAsync("idle", Dimension, partitions: 5);

        ClusterSummary summary = await cluster.Grains.GetGrain<IClusterGrain>(0).DescribeAsync();

        Assert.Equal(2, summary.Silos.Count);
        Assert.All(summary.Silos, silo =>
        {
            Assert.Equal(("active", Partitions / 2, 0), (silo.Status, silo.Partitions, silo.Queue));
            Assert.Equal(SiloRoles.All, silo.Roles);
            Assert.InRange(silo.LeaseAge!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        });
        Assert.Equal(Identities, summary.Silos.Sum(silo => silo.Rows));
        Assert.Empty(summary.Moves);
        Assert.Equal(
            [("idle", 5, 0), ("people", Partitions, Partitions)],
            summary.Galleries.Select(gallery => (gallery.Name, gallery.Partitions, gallery.Placed)));
    }

    public void Dispose() => _folder.Dispose();

    private static void Fast(ISiloBuilder silo) => silo.Configure<PartitionOptions>(
        options => options.BalancePause = TimeSpan.FromMilliseconds(100));

    private static int HeldBy(InProcessSiloHandle silo) =>
        PartitionsOf(silo).All.Count(partition => !partition.IsLeaving);

    private static LocalPartitions PartitionsOf(InProcessSiloHandle silo) =>
        silo.ServiceProvider.GetRequiredService<LocalPartitions>();

    private static async Task<Gallery> FillAsync(GalleryCluster cluster)
    {
        Gallery gallery = await cluster.CreateAsync("people", Dimension, Partitions);
        await Task.WhenAll(Enumerable.Range(0, Identities).Select(
            i => cluster.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(i, 0, Dimension))));
        return gallery;
    }

    private SqliteGalleryStore Open() => new(DatabaseFile);
}

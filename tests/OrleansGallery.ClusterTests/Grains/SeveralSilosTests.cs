using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Partitions on several silos that come and go: every search is complete, nothing acknowledged is
/// lost.</summary>
public sealed class SeveralSilosTests : IDisposable
{
    private const int Dimension = 16;
    private const int Identities = 48;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Search_ASiloJoinsAndLeavesUnderSearchAndIngest_IsAlwaysComplete(int silos)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(silos, Open);
        Gallery gallery = await FillAsync(cluster);
        ConcurrentDictionary<(SiloAddress, string), int> asked = new();
        foreach (InProcessSiloHandle silo in cluster.Silos)
        {
            Count(silo, asked);
        }

        using ScopedCancellation done = new();
        Task<int> searching = SearchUntilAsync(cluster, gallery, done.Token);
        Task<int> enrolling = EnrolUntilAsync(cluster, gallery, done.Token);
        InProcessSiloHandle joined = await cluster.AddSiloAsync();
        Count(joined, asked);
        await MoveSomeAsync(cluster, gallery, joined);
        await cluster.StopSiloAsync(joined);
        InProcessSiloHandle leaves = cluster.Silos[^1];
        await cluster.StopSiloAsync(leaves);
        for (int partition = 0; partition < gallery.Partitions; partition++)
        {
            await cluster.Partition(gallery, partition).LocateAsync();
        }

        await done.CancelAsync();
        int searches = await searching;
        int enrolled = await enrolling;

        Assert.True(searches > 20 && enrolled > 20, $"{searches} searches, {enrolled} images.");
        Assert.InRange(asked.Values.Max(), 1, 3);
        VerificationReport report = await cluster.Gallery("people").VerifyAsync(Token);
        Assert.Empty(report.Differences);
        Assert.Equal(Identities + enrolled, report.Images);
        Assert.Equal(report.Hash, (await cluster.Gallery("people").DescribeAsync()).RootHash);
    }

    [Fact]
    public async Task Enrol_AfterThePartitionHasMoved_TheIdentityFollowsIt()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        Gallery gallery = await FillAsync(cluster);
        int partition = PartitionFunction.PartitionOf("p1", gallery.Partitions);
        SiloAddress from = (await cluster.Partition(gallery, partition).LocateAsync()).Silo;
        InProcessSiloHandle to = cluster.Silos.Single(silo => !silo.SiloAddress.Equals(from));
        await cluster.MoveAsync(gallery, partition, to);

        EnrolReceipt receipt = await EnrolAsync(cluster, gallery, 1, 7);

        Assert.Equal(2, receipt.Count);
        for (int image = 8; !HasActivation(cluster, to, cluster.Identity(gallery, "p1").GetGrainId()); image++)
        {
            Assert.True(image < 1000, "The identity did not follow.");
            await EnrolAsync(cluster, gallery, 1, image);
        }

        Assert.Equal(EnrolOutcome.Duplicate, (await EnrolAsync(cluster, gallery, 1, 7)).Outcome);
    }

    [Fact]
    public async Task Get_AnIdentityOf50000ImagesMoves_IsTheSameThere()
    {
        const int Many = 50_000;
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 2);
        IIdentityGrain identity = cluster.Identity(gallery, "crowd");
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 512).Select(async _ =>
        {
            for (int image = Interlocked.Increment(ref next); image <= Many;
                image = Interlocked.Increment(ref next))
            {
                await identity.EnrolAsync(Images.Of(image % 100, image, Dimension));
            }
        }));
        IdentitySnapshot before = await identity.GetAsync(false);
        int partition = PartitionFunction.PartitionOf("crowd", 2);
        SiloAddress from = (await cluster.Partition(gallery, partition).LocateAsync()).Silo;

        await cluster.MoveAsync(
            gallery, partition, cluster.Silos.Single(silo => !silo.SiloAddress.Equals(from)));
        EnrolReceipt receipt = await Answer.GetAsync(() => identity.EnrolAsync(Images.Of(5, Many + 1, Dimension)));
        await Answer.GetAsync(() => identity.RemoveImageAsync(Images.Of(5, Many + 1, Dimension).ImageId));
        IdentitySnapshot after = await Answer.GetAsync(() => identity.GetAsync(false));

        Assert.Equal((Many, Many + 1, Many), (before.Count, receipt.Count, after.Count));
        Assert.Equal(before.Hash, after.Hash);
        Assert.Empty((await cluster.Gallery("people").VerifyAsync(Token)).Differences);
    }

    [Fact]
    public async Task Verify_ThePartitionMovesMeanwhile_HoldsTheMoveUpInNothingAndFindsNoDifference()
    {
        TaskCompletionSource reading = new();
        TaskCompletionSource release = new();
        ConcurrentBag<FaultyStore> stores = [];
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, () =>
        {
            FaultyStore store = new(new SqliteGalleryStore(DatabaseFile));
            stores.Add(store);
            return store;
        });
        Gallery gallery = await FillAsync(cluster);
        foreach (FaultyStore store in stores)
        {
            store.BeforeAudit = () =>
            {
                reading.TrySetResult();
                return release.Task;
            };
        }

        Task<VerificationReport> verifying = cluster.Gallery("people").VerifyAsync(Token);
        await reading.Task.WaitAsync(Long, Token);
        await MoveSomeAsync(cluster, gallery, cluster.Silos[0]).WaitAsync(Long, Token);
        await MoveSomeAsync(cluster, gallery, cluster.Silos[1]).WaitAsync(Long, Token);
        await EnrolAsync(cluster, gallery, 1, 99);
        Assert.False(verifying.IsCompleted);
        release.SetResult();

        VerificationReport report = await verifying;
        Assert.Empty(report.Differences);
        Assert.Equal(Identities + 1, report.Images);
    }

    [Fact]
    public async Task DescribeListDelete_AGalleryThatNobodySearches_ActivateNothing()
    {
        Gallery gallery;
        await using (GalleryCluster before = await GalleryCluster.StartSeveralAsync(1, Open))
        {
            gallery = await FillAsync(before);
        }

        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            1, () => store = new FaultyStore(new SqliteGalleryStore(DatabaseFile)));

        GallerySummary summary = await cluster.Gallery("people").DescribeAsync();
        IdentityPage page = await cluster.Gallery("people").ListIdentitiesAsync(null, 1000);
        VerificationReport report = await cluster.Gallery("people").VerifyAsync(Token);
        GallerySummary deleted = await cluster.Gallery("people").DeleteAsync();

        Assert.Equal((Identities, Identities, Identities), (summary.Identities, summary.Images, summary.Rows));
        Assert.Equal(Identities, page.Identities.Count);
        Assert.Equal((summary.RootHash, summary.RootHash), (report.Hash, deleted.RootHash));
        Assert.Equal(0, store!.Taken);
        await Assert.ThrowsAsync<GalleryNotFoundException>(() => cluster.Gallery("people").DescribeAsync());
    }

    [Fact]
    public async Task Search_AfterAnIdleWhile_LoadsThePartitionsThatHaveLeftMemory()
    {
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            1,
            () => store = new FaultyStore(new SqliteGalleryStore(DatabaseFile)),
            silo => silo.Configure<PartitionOptions>(
                options => options.IdleTime = TimeSpan.FromMilliseconds(200)));
        Gallery gallery = await FillAsync(cluster);
        LocalPartitions local = cluster.Silos[0].ServiceProvider.GetRequiredService<LocalPartitions>();

        Assert.True(SpinWait.SpinUntil(() => !local.All.Any(), Long));
        int taken = store!.Taken;
        SearchAnswer answer = await SearchAsync(cluster, gallery, 3);

        Assert.True(store.Taken >= taken + gallery.Partitions, $"{taken} taken before, {store.Taken} after.");
        Assert.Equal((gallery.Partitions, gallery.Partitions), (answer.Asked, answer.Answered));
        Assert.Equal("p3", answer.Matches[0].IdentityId);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Gallery> FillAsync(GalleryCluster cluster)
    {
        Gallery gallery = await cluster.CreateAsync("people", Dimension, partitions: 8);
        await Task.WhenAll(Enumerable.Range(0, Identities).Select(i => EnrolAsync(cluster, gallery, i, 0)));
        return gallery;
    }

    // A caller repeats what it is told to repeat.
    private static Task<EnrolReceipt> EnrolAsync(GalleryCluster cluster, Gallery gallery, int identity, int image) =>
        Answer.GetAsync(
            () => cluster.Identity(gallery, $"p{identity}").EnrolAsync(Images.Of(identity, image, Dimension)));

    private static Task<SearchAnswer> SearchAsync(GalleryCluster cluster, Gallery gallery, int identity) =>
        cluster.SearchAsync(gallery, SyntheticVectors.Embedding(identity, 0, Dimension), top: Identities);

    private static async Task<int> SearchUntilAsync(
        GalleryCluster cluster, Gallery gallery, CancellationToken done)
    {
        int searches = 0;
        for (; !done.IsCancellationRequested; searches++)
        {
            // Another query each time, so that the silos' counts are per search.
            float[] query = SyntheticVectors.Embedding(searches % Identities, 0, Dimension);
            query[0] += searches * 1e-4f;
            SearchAnswer answer = await Answer.GetAsync(() => cluster.SearchAsync(gallery, query, top: Identities));
            Assert.Equal((8, 8), (answer.Asked, answer.Answered));
            Assert.Equal(Identities, answer.Matches.Count);
        }

        return searches;
    }

    private static async Task<int> EnrolUntilAsync(
        GalleryCluster cluster, Gallery gallery, CancellationToken done)
    {
        int enrolled = 0;
        for (; !done.IsCancellationRequested; enrolled++)
        {
            EnrolReceipt receipt = await EnrolAsync(
                cluster, gallery, enrolled % Identities, 1 + (enrolled / Identities));
            Assert.True(receipt.Outcome is EnrolOutcome.Searchable or EnrolOutcome.Duplicate);
        }

        return enrolled;
    }

    private static async Task MoveSomeAsync(GalleryCluster cluster, Gallery gallery, InProcessSiloHandle to)
    {
        for (int partition = 0; partition < gallery.Partitions; partition += 2)
        {
            await cluster.MoveAsync(gallery, partition, to);
        }
    }

    private static void Count(InProcessSiloHandle silo, ConcurrentDictionary<(SiloAddress, string), int> asked) =>
        silo.ServiceProvider.GetRequiredService<ScanQueue>().OnRequest = request => asked.AddOrUpdate(
            (silo.SiloAddress, Convert.ToHexString(request.Query.Bytes)), 1, (_, count) => count + 1);

    private static bool HasActivation(GalleryCluster cluster, InProcessSiloHandle silo, GrainId grain) =>
        cluster.TryGetContext(grain)?.Address.SiloAddress == silo.SiloAddress;

    private SqliteGalleryStore Open() => new(DatabaseFile);
}

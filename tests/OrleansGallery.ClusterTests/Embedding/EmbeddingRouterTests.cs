using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Images go to the embedding silo with the shorter queue, and from one that is lost to another.</summary>
public sealed class EmbeddingRouterTests : IDisposable
{
    private const string Model = "m-1";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Embed_TenThousandImagesOnTwoSilos_AreShared()
    {
        await using GalleryCluster cluster = await StartAsync();
        EmbeddingRouter router = Router(cluster);
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var image and <= 10_000)
            {
                VectorBytes embedding = await EmbedAsync(router, (byte)image, EmbeddingPriority.Bulk);
                Assert.Equal((byte)image, embedding.Components[0]);
            }
        }));

        FakeEmbedder[] embedders = Embedders(cluster);
        Assert.Equal(10_000, embedders.Sum(embedder => embedder.Done));
        Assert.All(embedders, embedder => Assert.InRange(embedder.Done, 4_000, 6_000));
    }

    [Fact]
    public async Task Embed_SearchesBesideBulk_AreSharedByTheirOwnLane()
    {
        await using GalleryCluster cluster = await StartAsync();
        FakeEmbedder[] embedders = Embedders(cluster);
        Array.ForEach(embedders, embedder => embedder.Hold());
        EmbeddingRouter other = Router(cluster);
        EmbeddingRouter router = Router(cluster);

        // Bulk images are shared too, and are no reason to avoid a silo.
        List<Task> sent = [.. Enumerable.Range(0, 6).Select(_ => EmbedAsync(router, 1, EmbeddingPriority.Bulk))];
        await ReachAsync(() => embedders.Sum(embedder => embedder.Bulk) == 6);
        Assert.All(embedders, embedder => Assert.Equal(3, embedder.Bulk));
        sent.AddRange(Enumerable.Range(0, 8).Select(_ => EmbedAsync(other, 1, EmbeddingPriority.Interactive)));
        await ReachAsync(() => embedders.Sum(embedder => embedder.Interactive) == 8);
        Assert.All(embedders, embedder => Assert.Equal(4, embedder.Interactive));

        Array.ForEach(embedders, embedder => embedder.Release());
        await Task.WhenAll(sent);
    }

    [Fact]
    public async Task Embed_ASiloIsKilled_ItsImagesAreEmbeddedByAnother()
    {
        await using GalleryCluster cluster = await StartAsync();
        FakeEmbedder[] embedders = Embedders(cluster);
        embedders[1].Hold();
        EmbeddingRouter router = Router(cluster);
        Task<VectorBytes>[] sent =
            [.. Enumerable.Range(0, 40).Select(image => EmbedAsync(router, (byte)image, EmbeddingPriority.Bulk))];
        await ReachAsync(() => embedders[1].Bulk > 0);

        await cluster.KillSiloAsync(cluster.Silos[1]);
        VectorBytes[] embeddings = await Task.WhenAll(sent);

        Assert.Equal(Enumerable.Range(0, 40), embeddings.Select(embedding => (int)embedding.Components[0]));
        Assert.Equal(40, embedders[0].Done);
    }

    [Fact]
    public async Task Embed_OneSiloFetchesTheModelOrLacksIt_TheOtherWorks()
    {
        await using GalleryCluster cluster = await StartAsync();
        FakeEmbedder[] embedders = Embedders(cluster);
        EmbeddingRouter router = Router(cluster);
        foreach (GalleryException refusal in
            (GalleryException[])[new RetryException("Fetching."), new ModelNotFoundException("None here.")])
        {
            embedders[0].Refusal = refusal;
            await Task.WhenAll(
                Enumerable.Range(0, 20).Select(_ => EmbedAsync(router, 1, EmbeddingPriority.Bulk)));
            Assert.Equal(Model, (await router.DescribeAsync(Model)).Id);
        }

        Assert.Equal((0, 40), (embedders[0].Done, embedders[1].Done));
        embedders[1].Refusal = new RetryException("Fetching.");
        await Assert.ThrowsAsync<RetryException>(() => EmbedAsync(router, 1, EmbeddingPriority.Bulk));
        embedders[1].Refusal = embedders[0].Refusal;
        await Assert.ThrowsAsync<ModelNotFoundException>(() => EmbedAsync(router, 1, EmbeddingPriority.Bulk));
    }

    [Fact]
    public async Task DescribeCluster_ImagesWaitForAModel_AreTheSilosQueue()
    {
        await using GalleryCluster cluster = await StartAsync();
        FakeEmbedder[] embedders = Embedders(cluster);
        Array.ForEach(embedders, embedder => embedder.Hold());
        EmbeddingRouter router = Router(cluster);
        Task[] sent =
        [
            .. Enumerable.Range(0, 7).Select(_ => EmbedAsync(router, 1, EmbeddingPriority.Bulk)),
            .. Enumerable.Range(0, 4).Select(_ => EmbedAsync(router, 1, EmbeddingPriority.Interactive)),
        ];
        await ReachAsync(() => embedders.Sum(embedder => embedder.Bulk + embedder.Interactive) == 11);

        ClusterSummary busy = await cluster.Grains.GetGrain<IClusterGrain>(0).DescribeAsync();
        Array.ForEach(embedders, embedder => embedder.Release());
        await Task.WhenAll(sent);
        ClusterSummary idle = await cluster.Grains.GetGrain<IClusterGrain>(0).DescribeAsync();

        Assert.Equal(11, busy.Silos.Sum(silo => silo.Queue));
        Assert.All(busy.Silos, silo => Assert.Equal(("active", true), (silo.Status, silo.Queue > 0)));
        Assert.All(idle.Silos, silo => Assert.Equal(0, silo.Queue));
    }

    [Fact]
    public async Task Embed_NoSiloWithTheRole_IsToldByTypeAtOnce()
    {
        await using GalleryCluster cluster = await StartOneAsync(SiloRoles.Gallery);
        EmbeddingRouter router = Router(cluster);
        await router.DescribeAsync(Model).ContinueWith(_ => { }, TaskScheduler.Default);
        long start = Stopwatch.GetTimestamp();

        await Assert.ThrowsAsync<NoEmbeddingSiloException>(() => router.DescribeAsync(Model));
        await Assert.ThrowsAsync<NoEmbeddingSiloException>(
            () => EmbedAsync(router, 1, EmbeddingPriority.Interactive));

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        string key = GrainKeys.Embedder(cluster.Silos[0].SiloAddress, Model);
        await Assert.ThrowsAsync<NoEmbeddingSiloException>(
            () => cluster.Grains.GetGrain<IEmbedderGrain>(key).DescribeAsync());
    }

    [Fact]
    public async Task Gallery_NoSiloWithTheRole_IsToldByType()
    {
        await using GalleryCluster cluster = await StartOneAsync(SiloRoles.Embedding);

        RetryException refused = await Assert.ThrowsAsync<RetryException>(() => cluster.Gallery("people").GetAsync());

        Assert.Contains("'gallery'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedder_OfASiloThatIsGone_SaysSoAtOnce()
    {
        await using GalleryCluster cluster = await StartOneAsync(SiloRoles.Gallery, SiloRoles.Embedding);
        string key = GrainKeys.Embedder(FixedMembership.Address(77), Model);

        RetryException refused = await Assert.ThrowsAsync<RetryException>(
            () => cluster.Grains.GetGrain<IEmbedderGrain>(key).DescribeAsync());

        Assert.Contains("is gone", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static EmbeddingRouter Router(GalleryCluster cluster) => new(cluster.Grains, TimeProvider.System);

    private static FakeEmbedder[] Embedders(GalleryCluster cluster) =>
        [.. cluster.Silos.Select(silo => (FakeEmbedder)silo.ServiceProvider.GetRequiredService<IImageEmbedder>())];

    private static Task<VectorBytes> EmbedAsync(EmbeddingRouter router, byte image, EmbeddingPriority priority) =>
        router.EmbedAsync(Model, new PixelBlock { Width = 1, Height = 1, Rgb = [image, 0, 0] }, priority, Token);

    private static async Task ReachAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Token);
        }
    }

    private Task<GalleryCluster> StartAsync() => GalleryCluster.StartSeveralAsync(
        2, Open, silo => silo.Services.AddSingleton<IImageEmbedder>(_ => new FakeEmbedder()));

    private Task<GalleryCluster> StartOneAsync(params string[] roles) =>
        GalleryCluster.StartAsync(Open, new FakeEmbedder(), roles);

    private SqliteGalleryStore Open() => new(_folder.File("gallery.db"));
}

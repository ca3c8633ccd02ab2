using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>One silo with the real grains on a real SQLite file, in this process.</summary>
internal sealed class GalleryCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private GalleryCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The silo's coder; it runs rounds of its own unless the start says otherwise.</summary>
    public SearchCoder Coder => Services.GetRequiredService<SearchCoder>();

    public IGalleryStore Store => Services.GetRequiredService<IGalleryStore>();

    private IServiceProvider Services => ((InProcessSiloHandle)_cluster.Silos[0]).ServiceProvider;

    public static async Task<GalleryCluster> StartAsync(
        string file, IImageEmbedder? embedder = null, params string[] roles) =>
        await StartAsync(() => new SqliteGalleryStore(file), embedder, roles);

    public static async Task<GalleryCluster> StartAsync(
        Func<IGalleryStore> open, IImageEmbedder? embedder = null, params string[] roles) =>
        await StartAsync(open, _ => { }, embedder, roles);

    /// <summary>A cluster whose rows are coded only when a test says so.</summary>
    public static Task<GalleryCluster> StartWithoutCoderAsync(string file) => StartAsync(
        () => new SqliteGalleryStore(file),
        silo => silo.Configure<CoderOptions>(options => options.Enabled = false));

    public static async Task<GalleryCluster> StartAsync(
        Func<IGalleryStore> open,
        Action<ISiloBuilder> configure,
        IImageEmbedder? embedder = null,
        params string[] roles)
    {
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddGalleryGrains(roles.Length == 0 ? SiloRoles.All : roles);
            silo.Services.AddSingleton(_ => open());
            configure(silo);
            if (embedder is not null)
            {
                silo.Services.AddSingleton(embedder);
            }
        });
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        return new GalleryCluster(cluster);
    }

    public Task<Gallery> CreateAsync(
        string name, int dimension = 16, int partitions = 8, bool normalizeFirst = false) =>
        Gallery(name).CreateAsync(new Gallery
        {
            Name = name,
            Dimension = dimension,
            Partitions = partitions,
            Settings = new() { NormalizeFirst = normalizeFirst },
        });

    public IGalleryGrain Gallery(string name) => Grains.GetGrain<IGalleryGrain>(name);

    public IIdentityGrain Identity(Gallery gallery, string identityId) =>
        Grains.GetGrain<IIdentityGrain>(GrainKeys.Identity(
            gallery.Number, gallery.Partitions, PartitionFunction.PartitionOf(identityId, gallery.Partitions),
            identityId));

    public Task<SearchAnswer> SearchAsync(
        Gallery gallery, float[] query, int top = 10, TimeSpan? deadline = null) =>
        Grains.GetGrain<ISearchGrain>(0).SearchAsync(
            new SearchCommand
            {
                Gallery = gallery.Number,
                Partitions = gallery.Partitions,
                Dimension = gallery.Dimension,
                Query = VectorBytes.From(query),
                Top = top,
                Deadline = deadline ?? TimeSpan.FromSeconds(10),
            },
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}

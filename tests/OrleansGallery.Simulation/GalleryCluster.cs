using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.Simulation;

/// <summary>Silos with the real grains on a real SQLite file, in this process; each has a handle of its own on the
/// store.</summary>
internal sealed class GalleryCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private GalleryCluster(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>The silo's coder; it runs rounds of its own unless the start says otherwise.</summary>
    public SearchCoder Coder => Services.GetRequiredService<SearchCoder>();

    public IGalleryStore Store => Services.GetRequiredService<IGalleryStore>();

    /// <summary>The silos that run, in the order in which they started.</summary>
    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.GetActiveSilos()];

    private IServiceProvider Services => Silos[0].ServiceProvider;

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
        params string[] roles) => await StartAsync(1, open, configure, embedder, roles);

    /// <summary>Several silos that find each other as they do in production. No message may be larger than 4 MB.
    /// </summary>
    public static Task<GalleryCluster> StartSeveralAsync(
        int silos, Func<IGalleryStore> open, Action<ISiloBuilder>? configure = null) => StartAsync(
        silos, open,
        silo =>
        {
            silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = 4 * 1024 * 1024);
            // Partitions move when a test says so, unless it wants them to move by themselves.
            silo.Configure<PartitionOptions>(options => options.BalancePause = TimeSpan.FromMinutes(30));
            configure?.Invoke(silo);
        });

    private static async Task<GalleryCluster> StartAsync(
        int silos,
        Func<IGalleryStore> open,
        Action<ISiloBuilder> configure,
        IImageEmbedder? embedder = null,
        params string[] roles)
    {
        InProcessTestClusterBuilder builder = new((short)silos);
        // They would lie in whatever folder the program was started from.
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseClusterDirectory();
            silo.AddGalleryGrains(roles.Length == 0 ? SiloRoles.All : roles);
            silo.Services.AddSingleton(_ => open());
            configure(silo);
            if (embedder is not null)
            {
                silo.Services.AddSingleton(embedder);
            }
        });
        // As the process with the role api alone.
        builder.ConfigureClient(client => client
            .WatchLongCalls()
            .Configure<GatewayOptions>(MembershipTiming.Apply));
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
        Gallery gallery, float[] query, int top = 10, TimeSpan? deadline = null, string? excludedFacet = null,
        IReadOnlyList<AttributeMatch>? filter = null) =>
        Grains.GetGrain<ISearchGrain>(0).SearchAsync(
            new SearchCommand
            {
                Gallery = gallery.Number,
                Partitions = gallery.Partitions,
                Dimension = gallery.Dimension,
                Query = VectorBytes.From(query),
                Top = top,
                Deadline = deadline ?? TimeSpan.FromSeconds(10),
                ExcludedFacet = excludedFacet,
                Filter = filter ?? [],
            },
            CancellationToken.None);

    public Task<InProcessSiloHandle> AddSiloAsync() => _cluster.StartAdditionalSiloAsync();

    /// <summary>The activation of a grain, wherever it is.</summary>
    public IGrainContext? TryGetContext(GrainId grain) =>
        _cluster.TryGetGrainContext(grain, out IGrainContext? context) ? context : null;

    public Task StopSiloAsync(InProcessSiloHandle silo) => _cluster.StopSiloAsync(silo);

    public Task KillSiloAsync(InProcessSiloHandle silo) => _cluster.KillSiloAsync(silo);

    /// <summary>Moves a grain to a silo, and waits until it is no longer where it was.</summary>
    public Task MoveAsync(IAddressable grain, InProcessSiloHandle silo) =>
        _cluster.MigrateAsync(grain, silo.SiloAddress);

    /// <summary>Moves a partition to a silo, and waits until it is there. A move that meets another one is repeated.
    /// </summary>
    /// <exception cref="TimeoutException">It was not there after half a minute.</exception>
    public async Task MoveAsync(Gallery gallery, int partition, InProcessSiloHandle silo)
    {
        IPartitionGrain grain = Partition(gallery, partition);
        for (long start = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
        {
            try
            {
                if ((await grain.LocateAsync()).Silo.Equals(silo.SiloAddress))
                {
                    return;
                }

                await grain.MoveAsync(silo.SiloAddress);
            }
            catch (Exception exception) when (ClusterFailures.Translate(exception)?.Retryable == true)
            {
                // It is on its way.
            }

            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException($"Partition {partition} is not on silo {silo.Name} after 30 s.");
            }
        }
    }

    public IPartitionGrain Partition(Gallery gallery, int partition) => Grains.PartitionGrain(
        gallery.Number, gallery.Partitions, partition);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}

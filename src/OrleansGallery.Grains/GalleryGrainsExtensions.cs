using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Placement;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Adds the gallery's grains to a silo.</summary>
public static class GalleryGrainsExtensions
{
    /// <summary>
    /// Adds placement, what each role needs, and the roles to the silo's name: the host may have set the plain one as
    /// <see cref="SiloOptions.SiloName"/>, see <see cref="SiloName"/>. The host adds an <see cref="IGalleryStore"/>
    /// (gallery role) or an <see cref="IImageEmbedder"/> (embedding role), and may bind <see cref="CommitterOptions"/>
    /// and <see cref="CoderOptions"/>.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="roles">What it does: some of <see cref="SiloRoles.All"/>.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddGalleryGrains(this ISiloBuilder silo, IReadOnlyCollection<string> roles)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(roles);
        silo.Services.PostConfigure<SiloOptions>(
            options => options.SiloName = new SiloName(options.SiloName, roles).ToString());
        silo.Services.AddSingleton<SiloRoster>();
        silo.Services.AddPlacementFilter<RoleFilter, RoleFilterDirector>(ServiceLifetime.Transient);
        silo.Services.AddPlacementDirector<ByPartition, ByPartitionDirector>();
        silo.Services.AddPlacementDirector<OnNamedSilo, OnNamedSiloDirector>();
        silo.Services.AddSingleton<PartitionOwnership>();
        silo.Services.AddSingleton<PartitionPlaces>();
        silo.Services.AddSingleton<EmbeddingLoad>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.AddLongCalls();
        silo.Configure<GrainCollectionOptions>(options =>
        {
            // Identities leave sooner (IdentityGrain): a quantum is how much later than their age grains may leave.
            options.CollectionAge = TimeSpan.FromMinutes(15);
            options.CollectionQuantum = TimeSpan.FromSeconds(15);
        });
        if (roles.Contains(SiloRoles.Gallery))
        {
            AddGalleryRole(silo);
        }

        return silo;
    }

    private static void AddGalleryRole(ISiloBuilder silo)
    {
        IServiceCollection services = silo.Services;
        services.AddMetrics();
        services.TryAddSingleton<IValidateOptions<CommitterOptions>, CommitterOptionsValidator>();
        services.AddOptions<CommitterOptions>().ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<CoderOptions>, CoderOptionsValidator>();
        services.AddOptions<CoderOptions>().ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<PartitionOptions>, PartitionOptionsValidator>();
        services.AddOptions<PartitionOptions>().ValidateOnStart();
        // Loading has a limit of its own, which says more than a time-out of Orleans.
        services.AddOptions<GrainCollectionOptions>().Configure<IOptions<PartitionOptions>>((grains, partitions) =>
            grains.ActivationTimeout = partitions.Value.LoadTime + TimeSpan.FromMinutes(1));
        services.AddSingleton<GrainsInstruments>();
        AddStore(services);
        AddPartitions(silo);
        AddSearch(silo);
    }

    private static void AddStore(IServiceCollection services)
    {
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<StoreWrites>();
        services.AddWorker<StoreUpkeep>();
        services.AddSingleton<SiloCommitter>();
    }

    private static void AddPartitions(ISiloBuilder silo)
    {
        silo.AddIncomingGrainCallFilter<StoreErrorFilter>();
        silo.AddGrainService<SiloPartitions>();
        silo.Services.AddSingleton<SiloPartitionsClient>();
        silo.Services.AddSingleton<LocalPartitions>();
        silo.Services.AddSingleton<ActiveIdentities>();
        silo.Services.AddSingleton<PartitionLoader>();
        silo.Services.AddSingleton<PartitionVerifier>();
        silo.Services.AddSingleton<PrefetchedPartitions>();
        silo.Services.AddSingleton<SearchBases>();
        silo.Services.AddSingleton<PartitionMoves>();
        silo.Services.AddWorker<OwnershipLease>();
        silo.Services.AddWorker<PartitionBalancer>();
        silo.Services.AddWorker<IdlePartitions>();
        silo.Services.AddWorker<PlaceAnnouncer>();
        silo.Services.AddWorker<ChangeReader>();
    }

    private static void AddSearch(ISiloBuilder silo)
    {
        silo.AddGrainService<SiloSearch>();
        silo.Services.AddSingleton<SiloSearchClient>();
        silo.Services.AddSingleton<PartitionScanner>();
        silo.Services.AddSingleton(provider => new ScanQueue(
            provider.GetRequiredService<PartitionScanner>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<GrainsInstruments>()));
        silo.Services.AddSingleton<SearchFanOut>();
        silo.Services.AddSingleton<PatientSearch>();
        silo.Services.AddSingleton<GalleryCalibration>();
        silo.Services.AddSingleton<SuggestionSearch>();
        silo.Services.AddSingleton<RunningSearches>();
        silo.Services.AddWorker<CalibrationUpkeep>();
        silo.Services.AddWorker<ObservationUpkeep>();
        silo.Services.AddWorker<SearchCoder>();
        silo.Services.AddWorker<SiloGauges>();
    }

    // Something that runs beside the grains while the silo is active.
    private static void AddWorker<T>(this IServiceCollection services)
        where T : class, ILifecycleParticipant<ISiloLifecycle>
    {
        services.AddSingleton<T>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => provider.GetRequiredService<T>());
    }
}

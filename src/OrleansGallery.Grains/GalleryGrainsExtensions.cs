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
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(15));
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
        services.AddSingleton<GrainsInstruments>();
        services.AddSingleton<LocalPartitions>();
        services.AddSingleton<GallerySilos>();
        services.AddSingleton<PartitionScanner>();
        services.AddSingleton(provider => new ScanQueue(provider.GetRequiredService<PartitionScanner>()));
        services.AddSingleton<StoreHealth>();
        services.AddSingleton<SiloCommitter>();
        silo.AddIncomingGrainCallFilter<StoreErrorFilter>();
        services.AddSingleton<SearchCoder>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => provider.GetRequiredService<SearchCoder>());
        silo.AddGrainService<SiloSearch>();
        services.AddSingleton<SiloSearchClient>();
    }
}

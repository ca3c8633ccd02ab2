using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Adds the gallery's grains to a silo.</summary>
public static class GalleryGrainsExtensions
{
    /// <summary>
    /// Adds grains, placement, committer and search. The host adds an <see cref="IGalleryStore"/> (gallery role), an
    /// <see cref="IImageEmbedder"/> (embedding role), and binds <see cref="CommitterOptions"/> and
    /// <see cref="CoderOptions"/>.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="roles">What it does: some of <see cref="SiloRoles.All"/>.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder AddGalleryGrains(this ISiloBuilder silo, IEnumerable<string> roles)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.UseSiloMetadata(new Dictionary<string, string> { [SiloRoles.MetadataKey] = string.Join(',', roles) });
        silo.Services.AddPlacementFilter<RoleFilter, RoleFilterDirector>(ServiceLifetime.Transient);
        silo.Services.AddPlacementDirector<ByPartition, ByPartitionDirector>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddMetrics();
        silo.Services.AddSingleton<IValidateOptions<CommitterOptions>, CommitterOptionsValidator>();
        silo.Services.AddOptions<CommitterOptions>().ValidateOnStart();
        silo.Services.AddSingleton<GrainsInstruments>();
        silo.Services.AddSingleton<LocalPartitions>();
        silo.Services.AddSingleton<GallerySilos>();
        silo.Services.AddSingleton<PartitionScanner>();
        silo.Services.AddSingleton(services => new ScanQueue(services.GetRequiredService<PartitionScanner>()));
        silo.Services.AddSingleton<StoreHealth>();
        silo.Services.AddSingleton<SiloCommitter>();
        silo.AddIncomingGrainCallFilter<StoreErrorFilter>();
        silo.Services.AddSingleton<IValidateOptions<CoderOptions>, CoderOptionsValidator>();
        silo.Services.AddOptions<CoderOptions>().ValidateOnStart();
        silo.Services.AddSingleton<SearchCoder>();
        if (roles.Contains(SiloRoles.Gallery))
        {
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                services => services.GetRequiredService<SearchCoder>());
        }

        silo.AddGrainService<SiloSearch>();
        silo.Services.AddSingleton<SiloSearchClient>();
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(15));
        return silo;
    }
}

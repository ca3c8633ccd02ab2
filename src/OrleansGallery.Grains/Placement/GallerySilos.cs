using OrleansGallery.Abstractions;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace OrleansGallery.Grains;

/// <summary>The running silos that hold partitions.</summary>
/// <param name="statuses">Who is running.</param>
/// <param name="metadata">What each silo says of itself.</param>
internal sealed class GallerySilos(ISiloStatusOracle statuses, ISiloMetadataCache metadata)
{
    /// <summary>The active silos with the gallery role, as this silo sees them now.</summary>
    public IReadOnlyList<SiloAddress> GetActive() =>
    [
        .. statuses.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => metadata.HasRole(silo, SiloRoles.Gallery)),
    ];
}

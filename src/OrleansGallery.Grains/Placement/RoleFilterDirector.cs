using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace OrleansGallery.Grains;

/// <summary>Keeps the silos that have the filter's role.</summary>
/// <param name="metadata">What each silo says of itself.</param>
internal sealed class RoleFilterDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <inheritdoc />
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        string role = ((RoleFilter)filterStrategy).Role;
        return silos.Where(silo => metadata.HasRole(silo, role));
    }
}

using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansGallery.Grains;

/// <summary>Keeps the silos that have the filter's role.</summary>
/// <param name="roster">Who is running, with which roles.</param>
internal sealed class RoleFilterDirector(SiloRoster roster) : IPlacementFilterDirector
{
    /// <inheritdoc />
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        string role = ((RoleFilter)filterStrategy).Role;
        SiloRoster.Page page = roster.Current;
        return silos.Where(silo => page.HasRole(silo, role));
    }
}

using Orleans.Placement;
using Orleans.Runtime.Placement;
using OrleansGallery.Abstractions;

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
        SiloAddress[] found = [.. silos.Where(silo => page.HasRole(silo, role))];
        return found.Length > 0 ? found : throw Missing(role);
    }

    // The caller's exception: Orleans hands on what is thrown here, and has itself only a text for it.
    private static GalleryException Missing(string role) => role == SiloRoles.Embedding
        ? new NoEmbeddingSiloException()
        : new RetryException($"No process with the role '{role}' is running.");
}

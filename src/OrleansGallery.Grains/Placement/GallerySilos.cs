namespace OrleansGallery.Grains;

/// <summary>The running silos that hold partitions.</summary>
/// <param name="roster">Who is running, with which roles.</param>
internal sealed class GallerySilos(SiloRoster roster)
{
    /// <summary>The active silos with the gallery role, and the version of the membership that says so.</summary>
    public (MembershipVersion Version, IReadOnlyList<GallerySilo> Silos) GetMembers()
    {
        SiloRoster.Page page = roster.Current;
        return (page.Version, page.GallerySilos);
    }

    /// <summary>The addresses alone, as this silo sees them now.</summary>
    public IReadOnlyList<SiloAddress> GetActive() => [.. roster.Current.GallerySilos.Select(silo => silo.Address)];
}

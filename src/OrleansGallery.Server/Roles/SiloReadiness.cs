using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>
/// A silo can serve while it is active, and with the role api while there is a silo to ask. It asks nobody, so that it
/// stays ready while the database is away.
/// </summary>
internal sealed class SiloReadiness(
    ISiloStatusOracle status, IClusterMembershipService membership, IReadOnlyList<string> roles) : IReadiness
{
    /// <inheritdoc />
    public string? Missing => status.CurrentStatus != SiloStatus.Active
        ? $"The silo is {status.CurrentStatus}."
        : roles.Contains(SiloRoles.Api) && !membership.CurrentSnapshot.Members.Values.Any(IsGallery)
            ? $"No process with the role '{SiloRoles.Gallery}' is running."
            : null;

    private static bool IsGallery(ClusterMember silo) => silo.Status == SiloStatus.Active
        && SiloName.TryParse(silo.Name, out SiloName? name) && name.Has(SiloRoles.Gallery);
}

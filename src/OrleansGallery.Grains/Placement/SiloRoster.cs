using System.Collections.Frozen;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Every silo's name and roles, from the same snapshot of the membership as its address. They are read once per
/// snapshot: messages to stateless workers are placed one by one.
/// </summary>
/// <param name="membership">Who is running.</param>
internal sealed class SiloRoster(IClusterMembershipService membership)
{
    private volatile Page? _last;

    /// <summary>The members as this silo sees them now.</summary>
    public Page Current
    {
        get
        {
            ClusterMembershipSnapshot snapshot = membership.CurrentSnapshot;
            Page? page = _last;
            if (page?.IsOf(snapshot) != true)
            {
                _last = page = new Page(snapshot);
            }

            return page;
        }
    }

    /// <summary>What one snapshot says.</summary>
    /// <param name="snapshot">The snapshot.</param>
    internal sealed class Page(ClusterMembershipSnapshot snapshot)
    {
        private readonly FrozenDictionary<SiloAddress, SiloName> _names = snapshot.Members.Values
            .Select(member => (
                Address: member.SiloAddress,
                Name: SiloName.TryParse(member.Name, out SiloName? name) ? name : null))
            .Where(member => member.Name is not null)
            .ToFrozenDictionary(member => member.Address, member => member.Name!);

        /// <summary>Counts the membership's changes.</summary>
        public MembershipVersion Version => snapshot.Version;

        /// <summary>The active silos that hold partitions, by address.</summary>
        public IReadOnlyList<GallerySilo> GallerySilos => field ??=
        [
            .. snapshot.Members.Values
                .Where(member => member.Status == SiloStatus.Active && HasRole(member.SiloAddress, SiloRoles.Gallery))
                .OrderBy(member => member.SiloAddress)
                .Select(member => new GallerySilo(member.SiloAddress, _names[member.SiloAddress].Name)),
        ];

        /// <summary>Whether a silo takes part.</summary>
        public bool IsActive(SiloAddress silo) => snapshot.GetSiloStatus(silo) == SiloStatus.Active;

        /// <summary>Whether this is what a snapshot says.</summary>
        public bool IsOf(ClusterMembershipSnapshot other) => ReferenceEquals(snapshot, other);

        /// <summary>Whether a silo, active or not, has a role.</summary>
        public bool HasRole(SiloAddress silo, string role) =>
            _names.TryGetValue(silo, out SiloName? name) && name.Has(role);
    }
}

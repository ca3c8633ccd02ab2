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
    private readonly Lock _marking = new();
    private volatile Page? _last;
    private volatile FrozenSet<SiloAddress> _draining = [];

    /// <summary>The members as this silo sees them now.</summary>
    public Page Current
    {
        get
        {
            ClusterMembershipSnapshot snapshot = membership.CurrentSnapshot;
            Page? page = _last;
            FrozenSet<SiloAddress> draining = _draining;
            if (page?.IsOf(snapshot, draining) != true)
            {
                _last = page = new Page(snapshot, draining);
            }

            return page;
        }
    }

    /// <summary>A silo was told to stop: nothing belongs to it any more, though it still answers.</summary>
    /// <param name="silo">The silo.</param>
    public void MarkDraining(SiloAddress silo)
    {
        lock (_marking)
        {
            _draining = [.. _draining.Where(Current.IsActive), silo];
        }
    }

    /// <summary>Whether a silo was told to stop.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>True where it said so.</returns>
    public bool IsDraining(SiloAddress silo) => _draining.Contains(silo);

    /// <summary>What one snapshot says.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="draining">Who was told to stop.</param>
    internal sealed class Page(ClusterMembershipSnapshot snapshot, FrozenSet<SiloAddress> draining)
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

        /// <summary>Those of them that are not a given one.</summary>
        public IEnumerable<GallerySilo> OthersThan(SiloAddress silo) =>
            GallerySilos.Where(other => !other.Address.Equals(silo));

        /// <summary>Those of them to which partitions belong: the ones that were not told to stop, unless all
        /// were.</summary>
        public IReadOnlyList<GallerySilo> Owners => field ??=
            GallerySilos.Where(silo => !draining.Contains(silo.Address)).ToArray() is { Length: > 0 } staying
                ? staying
                : GallerySilos;

        /// <summary>Every member, with what it is called.</summary>
        public IReadOnlyList<ClusterMember> Members => field ??=
            [.. snapshot.Members.Values.OrderBy(member => member.Name, StringComparer.Ordinal)];

        /// <summary>What a silo is called.</summary>
        public SiloName? NameOf(SiloAddress silo) => _names.GetValueOrDefault(silo);

        /// <summary>Whether a silo takes part.</summary>
        public bool IsActive(SiloAddress silo) => snapshot.GetSiloStatus(silo) == SiloStatus.Active;

        /// <summary>Whether this is what a snapshot says.</summary>
        public bool IsOf(ClusterMembershipSnapshot other, FrozenSet<SiloAddress> stopping) =>
            ReferenceEquals(snapshot, other) && ReferenceEquals(draining, stopping);

        /// <summary>Whether a silo, active or not, has a role.</summary>
        public bool HasRole(SiloAddress silo, string role) =>
            _names.TryGetValue(silo, out SiloName? name) && name.Has(role);
    }
}

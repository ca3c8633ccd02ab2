using System.Collections.Immutable;
using System.Net;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

public sealed class SiloRosterTests
{
    [Fact]
    public void GetMembers_SilosOfAllKinds_AreTheActiveOnesWithTheRole()
    {
        GallerySilos silos = new(new SiloRoster(new FixedMembership(7,
            Member(3, "c@gallery"),
            Member(1, "a@gallery+api"),
            Member(2, "b@embedding+api"),
            Member(4, "d@gallery", SiloStatus.Joining),
            Member(5, "e@gallery", SiloStatus.Dead),
            Member(6, "Silo_6"))));

        (MembershipVersion version, IReadOnlyList<GallerySilo> members) = silos.GetMembers();

        Assert.Equal(7, version.Value);
        Assert.Equal([new GallerySilo(Address(1), "a"), new GallerySilo(Address(3), "c")], members);
        Assert.Equal([Address(1), Address(3)], silos.GetActive());
    }

    [Fact]
    public void GetMembers_AfterAChange_AreThoseOfTheNewSnapshot()
    {
        FixedMembership membership = new(1, Member(1, "a@gallery"));
        GallerySilos silos = new(new SiloRoster(membership));
        Assert.Single(silos.GetActive());

        membership.Change(2, Member(1, "a@gallery"), Member(2, "b@gallery"));

        Assert.Equal(2, silos.GetMembers().Version.Value);
        Assert.Equal(["a", "b"], silos.GetMembers().Silos.Select(silo => silo.Name));
    }

    private static SiloAddress Address(int number) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 10_000 + number), 1);

    private static ClusterMember Member(int number, string name, SiloStatus status = SiloStatus.Active) =>
        new(Address(number), status, name);

    private sealed class FixedMembership : IClusterMembershipService
    {
        public FixedMembership(long version, params ClusterMember[] members) => Change(version, members);

        public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = null!;

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public void Change(long version, params ClusterMember[] members) => CurrentSnapshot = new(
            members.ToImmutableDictionary(member => member.SiloAddress), new MembershipVersion(version));

        public ValueTask Refresh(MembershipVersion minimumVersion, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }
}

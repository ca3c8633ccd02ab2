using System.Collections.Immutable;
using System.Net;

namespace OrleansGallery.ClusterTests;

/// <summary>A membership that is what a test says.</summary>
internal sealed class FixedMembership : IClusterMembershipService
{
    public FixedMembership(long version, params ClusterMember[] members) => Change(version, members);

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = null!;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public static SiloAddress Address(int number) =>
        SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 10_000 + number), 1);

    public static ClusterMember Member(int number, string name, SiloStatus status = SiloStatus.Active) =>
        new(Address(number), status, name);

    public void Change(long version, params ClusterMember[] members) => CurrentSnapshot = new(
        members.ToImmutableDictionary(member => member.SiloAddress), new MembershipVersion(version));

    public ValueTask Refresh(MembershipVersion minimumVersion, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
}

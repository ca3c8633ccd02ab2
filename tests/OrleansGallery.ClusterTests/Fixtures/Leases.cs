using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>Leases that nobody renews.</summary>
internal static class Leases
{
    public static OwnershipLease Of(LocalPartitions partitions) => new(
        partitions, null!, Options.Create(new PartitionOptions { LeaseTime = TimeSpan.FromMinutes(10) }),
        TimeProvider.System, NullLogger<OwnershipLease>.Instance);
}

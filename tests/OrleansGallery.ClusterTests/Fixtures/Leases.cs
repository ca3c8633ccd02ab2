using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>Leases that are renewed only when a test says so.</summary>
internal static class Leases
{
    public static OwnershipLease Of(LocalPartitions partitions, IGalleryStore? store = null) => new(
        partitions, store!, Options.Create(new PartitionOptions { LeaseTime = TimeSpan.FromMinutes(10) }),
        TimeProvider.System, NullLogger<OwnershipLease>.Instance);
}

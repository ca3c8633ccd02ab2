using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>Leases that are renewed only when a test says so.</summary>
internal static class Leases
{
    /// <summary>A lease that lasts for ten minutes, of a silo that keeps what it handed over for thirty.</summary>
    public static OwnershipLease Of(
        LocalPartitions partitions, IGalleryStore? store = null, TimeProvider? time = null) => new(
        partitions, store!,
        Options.Create(new PartitionOptions
        {
            LeaseTime = TimeSpan.FromMinutes(10), LoadTime = TimeSpan.FromMinutes(20),
        }),
        time ?? TimeProvider.System, NullLogger<OwnershipLease>.Instance);
}

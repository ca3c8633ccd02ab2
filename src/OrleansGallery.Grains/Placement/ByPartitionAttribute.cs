using Orleans.Placement;

namespace OrleansGallery.Grains;

/// <summary>Places a grain on the silo that owns the partition in its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ByPartitionAttribute() : PlacementAttribute(ByPartition.Instance);

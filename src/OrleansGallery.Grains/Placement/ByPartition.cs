namespace OrleansGallery.Grains;

/// <summary>The placement strategy behind <see cref="ByPartitionAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ByPartition")]
internal sealed class ByPartition : PlacementStrategy
{
    public static ByPartition Instance { get; } = new();
}

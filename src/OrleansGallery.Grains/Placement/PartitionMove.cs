namespace OrleansGallery.Grains;

/// <summary>A partition on its way from one silo to another.</summary>
[GenerateSerializer, Immutable, Alias("gallery.PartitionMove")]
internal sealed record PartitionMove
{
    /// <summary>The gallery's number.</summary>
    [Id(0)]
    public required long Gallery { get; init; }

    /// <summary>The partition, from 0.</summary>
    [Id(1)]
    public required int Partition { get; init; }

    /// <summary>Where it goes.</summary>
    [Id(2)]
    public required SiloAddress To { get; init; }
}

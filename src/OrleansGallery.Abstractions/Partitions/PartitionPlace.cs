namespace OrleansGallery.Abstractions;

/// <summary>Where a partition is.</summary>
[GenerateSerializer, Immutable, Alias("gallery.PartitionPlace")]
public sealed record PartitionPlace
{
    /// <summary>The gallery's number.</summary>
    [Id(0)]
    public required long Gallery { get; init; }

    /// <summary>The partition, from 0.</summary>
    [Id(1)]
    public required int Partition { get; init; }

    /// <summary>The silo that holds it.</summary>
    [Id(2)]
    public required SiloAddress Silo { get; init; }

    /// <summary>At which epoch; of two places the one with the higher epoch is the newer.</summary>
    [Id(3)]
    public required long Epoch { get; init; }
}

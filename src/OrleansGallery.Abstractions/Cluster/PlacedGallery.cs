namespace OrleansGallery.Abstractions;

/// <summary>How much of a gallery is in memory.</summary>
[GenerateSerializer, Immutable, Alias("gallery.PlacedGallery")]
public sealed record PlacedGallery
{
    /// <summary>The gallery's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Into how many partitions it is cut.</summary>
    [Id(1)]
    public required int Partitions { get; init; }

    /// <summary>How many of them a silo holds; the others are loaded when they are searched.</summary>
    [Id(2)]
    public required int Placed { get; init; }
}

namespace OrleansGallery.Contracts;

/// <summary>How much of a gallery is in memory.</summary>
public sealed record ClusterGallery
{
    /// <summary>The gallery's name.</summary>
    public required string Name { get; init; }

    /// <summary>Into how many partitions it is cut.</summary>
    public required int Partitions { get; init; }

    /// <summary>How many of them a silo holds; the others are loaded when they are searched.</summary>
    public required int Placed { get; init; }
}

namespace OrleansGallery.Abstractions;

/// <summary>Images that would be an identity of their own.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SplitGroup")]
public sealed record SplitGroup
{
    /// <summary>The images, by id.</summary>
    [Id(0)]
    public required IReadOnlyList<string> ImageIds { get; init; }

    /// <summary>The mean of one minus the score of an image and the group's centroid; null: that has no direction.
    /// </summary>
    [Id(1)]
    public double? Dispersion { get; init; }
}

namespace OrleansGallery.Contracts;

/// <summary>Images that would be an identity of their own.</summary>
public sealed record SplitGroupResponse
{
    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>The mean of one minus the score of an image and the group's centroid, 0 to 2; null: that has no
    /// direction.</summary>
    public double? Dispersion { get; init; }

    /// <summary>The images, by id.</summary>
    public required IReadOnlyList<string> ImageIds { get; init; }
}

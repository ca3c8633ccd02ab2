namespace OrleansGallery.Abstractions;

/// <summary>A page of what an identity's images are to it.</summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityInsight")]
public sealed record IdentityInsight
{
    /// <summary>The version that all of this is of.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The identity's images.</summary>
    [Id(1)]
    public required long Count { get; init; }

    /// <summary>The score that the contributions of all pages add up to; null: the identity has no centroid.</summary>
    [Id(2)]
    public double? Score { get; init; }

    /// <summary>The page, by image id.</summary>
    [Id(3)]
    public required IReadOnlyList<ImageInsight> Images { get; init; }

    /// <summary>The next page's cursor; null at the end.</summary>
    [Id(4)]
    public string? Next { get; init; }
}

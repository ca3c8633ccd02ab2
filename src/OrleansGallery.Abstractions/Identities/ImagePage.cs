namespace OrleansGallery.Abstractions;

/// <summary>A page of an identity's images.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ImagePage")]
public sealed record ImagePage
{
    /// <summary>The page; embeddings are there where they were asked for.</summary>
    [Id(0)]
    public required IReadOnlyList<EnrolledImage> Images { get; init; }

    /// <summary>The next page's cursor; null at the end.</summary>
    [Id(1)]
    public string? Next { get; init; }
}

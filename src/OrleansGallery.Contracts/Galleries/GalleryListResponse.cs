namespace OrleansGallery.Contracts;

/// <summary>One page of galleries, by name.</summary>
public sealed record GalleryListResponse
{
    /// <summary>The galleries in the order of their names' UTF-8 bytes.</summary>
    public required IReadOnlyList<GalleryResponse> Galleries { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }
}

namespace OrleansGallery.Contracts;

/// <summary>All galleries, by name.</summary>
public sealed record GalleryListResponse
{
    /// <summary>The galleries in ordinal order of their names.</summary>
    public required IReadOnlyList<GalleryResponse> Galleries { get; init; }
}

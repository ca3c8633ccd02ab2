namespace OrleansGallery.Contracts;

/// <summary>A page of an identity's images, ordered by image id.</summary>
public sealed record ImageListResponse
{
    /// <summary>The page; vectors are left out unless they were asked for.</summary>
    public required IReadOnlyList<ImageResponse> Images { get; init; }

    /// <summary>The cursor of the next page; null at the end.</summary>
    public string? Next { get; init; }
}

namespace OrleansGallery.Abstractions;

/// <summary>A gallery with its counts and root hash.</summary>
[GenerateSerializer, Immutable, Alias("gallery.GallerySummary")]
public sealed record GallerySummary
{
    /// <summary>What the gallery is.</summary>
    [Id(0)]
    public required Gallery Gallery { get; init; }

    /// <summary>Identities that have at least one image.</summary>
    [Id(1)]
    public required long Identities { get; init; }

    /// <summary>Enrolled images.</summary>
    [Id(2)]
    public required long Images { get; init; }

    /// <summary>Searchable centroids: the rows that a search compares.</summary>
    [Id(3)]
    public required long Rows { get; init; }

    /// <summary>Lower-case hex of the root hash.</summary>
    [Id(4)]
    public required string RootHash { get; init; }

    /// <summary>Bytes of what is kept of its images to be looked at.</summary>
    [Id(5)]
    public long PictureBytes { get; init; }
}

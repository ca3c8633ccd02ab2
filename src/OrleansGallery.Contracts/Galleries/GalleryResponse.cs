namespace OrleansGallery.Contracts;

/// <summary>A gallery with its counts, as <c>GET /v1/galleries/{g}</c> answers.</summary>
public sealed record GalleryResponse
{
    /// <summary>The gallery's name.</summary>
    public required string Name { get; init; }

    /// <summary>Components of an embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>How many partitions hold its identities.</summary>
    public required int Partitions { get; init; }

    /// <summary>The id of the model that embeds images; null: vectors only.</summary>
    public string? Model { get; init; }

    /// <summary>Whether each embedding is L2-normalised before it is stored and summed.</summary>
    public bool NormalizeFirst { get; init; }

    /// <summary>The score below which the best match counts as <c>unknown</c>; null: none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The lead over the second best below which the decision is <c>ambiguous</c>.</summary>
    public double Margin { get; init; }

    /// <summary>Identities that have at least one image.</summary>
    public required long Identities { get; init; }

    /// <summary>Enrolled images.</summary>
    public required long Images { get; init; }

    /// <summary>Bytes of the float32 rows that a flat search scans.</summary>
    public long SearchBytes { get; init; }

    /// <summary>Lower-case hex of the root hash's 32 little-endian bytes: equal for equal content.</summary>
    public required string RootHash { get; init; }

    /// <summary>When the gallery was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

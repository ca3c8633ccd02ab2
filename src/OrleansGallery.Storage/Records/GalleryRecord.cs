namespace OrleansGallery.Storage;

/// <summary>A gallery's row.</summary>
public sealed record GalleryRecord
{
    /// <summary>Never reused, not even after a deletion; 0 before the row exists.</summary>
    public long Number { get; init; }

    /// <summary>The unique name.</summary>
    public required string Name { get; init; }

    /// <summary>Components of an embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>How many partitions.</summary>
    public required int Partitions { get; init; }

    /// <summary>The model's id; null: vectors only.</summary>
    public string? Model { get; init; }

    /// <summary>Whether embeddings are L2-normalised before they are stored.</summary>
    public bool NormalizeFirst { get; init; }

    /// <summary>The score below which a match counts as unknown; null: none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The lead below which a decision is ambiguous.</summary>
    public double Margin { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

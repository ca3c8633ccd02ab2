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

    /// <summary>What its creator chose, as JSON. The store knows nothing of what is in it.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

namespace OrleansGallery.Abstractions;

/// <summary>What a gallery is; fixed at its creation.</summary>
[GenerateSerializer, Immutable, Alias("gallery.GallerySettings")]
public sealed record GallerySettings
{
    /// <summary>Never reused, not even after a deletion; 0 before the gallery was created.</summary>
    [Id(0)]
    public long Number { get; init; }

    /// <summary>The name, by the rules of <see cref="IdRules"/>.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Components of an embedding.</summary>
    [Id(2)]
    public required int Dimension { get; init; }

    /// <summary>How many partitions hold its identities.</summary>
    [Id(3)]
    public required int Partitions { get; init; }

    /// <summary>The id of the model that embeds images; null: vectors only.</summary>
    [Id(4)]
    public string? Model { get; init; }

    /// <summary>Whether each embedding is L2-normalised before it is stored and summed.</summary>
    [Id(5)]
    public bool NormalizeFirst { get; init; }

    /// <summary>The score below which the best match counts as unknown; null: none.</summary>
    [Id(6)]
    public double? Threshold { get; init; }

    /// <summary>The lead over the second best below which a decision is ambiguous.</summary>
    [Id(7)]
    public double Margin { get; init; }

    /// <summary>When the gallery was created.</summary>
    [Id(8)]
    public DateTimeOffset CreatedAt { get; init; }
}

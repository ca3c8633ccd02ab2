namespace OrleansGallery.Abstractions;

/// <summary>One embedded image on its way to its identity.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ImageToEnrol")]
public sealed record ImageToEnrol
{
    /// <summary>The image's id, by the rules of <see cref="IdRules"/>.</summary>
    [Id(0)]
    public required string ImageId { get; init; }

    /// <summary>The facet; empty: none.</summary>
    [Id(1)]
    public required string Facet { get; init; }

    /// <summary>SHA-256 of the file, or of the vector's little-endian float32 bytes; 32 bytes.</summary>
    [Id(2)]
    public required byte[] ContentHash { get; init; }

    /// <summary>The raw embedding.</summary>
    [Id(3)]
    public required VectorBytes Embedding { get; init; }

    /// <summary>When the image was taken.</summary>
    [Id(4)]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>What is to be kept of it to be looked at; null: nothing.</summary>
    [Id(5)]
    public KeptPicture? Picture { get; init; }

    /// <summary>Attributes that the identity gets with it, by the rules of <see cref="AttributeRules"/>; null: none. An
    /// image that is enrolled already brings none.</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>About how many bytes it brings.</summary>
    public long Bytes => Embedding.Bytes.LongLength + (Picture?.Bytes ?? 0)
        + (Attributes is null ? 0 : AttributeRules.MaxBytes);
}

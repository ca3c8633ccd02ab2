namespace OrleansGallery.Abstractions;

/// <summary>What a caller must know of a model before it sends pixels.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ModelSummary")]
public sealed record ModelSummary
{
    /// <summary>The model's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Components of its embeddings.</summary>
    [Id(1)]
    public required int Dimension { get; init; }

    /// <summary>Input height in pixels.</summary>
    [Id(2)]
    public required int InputHeight { get; init; }

    /// <summary>Input width in pixels.</summary>
    [Id(3)]
    public required int InputWidth { get; init; }

    /// <summary>Whether it is resized with the bicubic instead of the bilinear filter.</summary>
    [Id(4)]
    public bool Bicubic { get; init; }
}

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

    /// <summary>What a picture's shorter side is resized to before the input is cut from its centre; 0: it is not cut.
    /// </summary>
    [Id(5)]
    public int CropFrom { get; init; }

    /// <summary>Whether a picture keeps its shape and gets black beside it, instead of being stretched.</summary>
    [Id(6)]
    public bool Pad { get; init; }
}

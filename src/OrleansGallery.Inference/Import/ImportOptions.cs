namespace OrleansGallery.Inference;

/// <summary>What a checkpoint does not say of itself, or says wrongly.</summary>
public sealed record ImportOptions
{
    /// <summary>
    /// The network's name. Default: the hyper-parameters', else told by the tensors' names and shapes.
    /// </summary>
    public string? Architecture { get; init; }

    /// <summary>
    /// Whether a ReLU follows the stem's normalisation: true for stock ImageNet residual networks. Default: as the
    /// paper's networks have it.
    /// </summary>
    public bool? StemRelu { get; init; }

    /// <summary>Stride of the last stage, 1 or 2. Default: the hyper-parameters', else the architecture's.</summary>
    public int? LastStride { get; init; }

    /// <summary>Height of the input in pixels. Default: the hyper-parameters', else 256.</summary>
    public int? InputHeight { get; init; }

    /// <summary>Width of the input in pixels. Default: the hyper-parameters', else 128.</summary>
    public int? InputWidth { get; init; }

    /// <summary>Whether weights are rounded to float16, which halves the file. Default: false.</summary>
    public bool Half { get; init; }

    /// <summary>The weights' name, the first part of the model's id. Default: the file's.</summary>
    public string? Name { get; init; }
}

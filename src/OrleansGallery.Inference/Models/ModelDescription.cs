using OrleansGallery.Imaging;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference;

/// <summary>What one must know about a model to feed it and to tell its embeddings from another model's.</summary>
public sealed record ModelDescription
{
    /// <summary>Names the weights: the file's name for them and the first 8 digits of its SHA-256.</summary>
    public required string Id { get; init; }

    /// <summary>The network's name, for example <c>resnet50</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Numbers per embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>Height of the input in pixels.</summary>
    public required int InputHeight { get; init; }

    /// <summary>Width of the input in pixels.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Mean per channel (red, green, blue) on the scale 0 to 1.</summary>
    public IReadOnlyList<float> Mean { get; init; } = Normalization.ImageNet.Mean;

    /// <summary>Standard deviation per channel on the scale 0 to 1.</summary>
    public IReadOnlyList<float> Std { get; init; } = Normalization.ImageNet.Std;

    /// <summary>The filter images are resized with.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>How an image of another shape becomes the input. Default: stretched.</summary>
    public Fit Fit { get; init; }

    /// <summary>Stride of the last stage. Default: the architecture's.</summary>
    public int? LastStride { get; init; }

    /// <summary>
    /// Whether a ReLU follows the stem's normalisation, as in stock ImageNet networks and not in the paper's. Default:
    /// the architecture's.
    /// </summary>
    public bool? StemRelu { get; init; }

    /// <summary>How a graph that a model brings is used; null: its weights are those of a network here.</summary>
    public GraphUse? Graph { get; init; }

    /// <summary>False where the weights are random.</summary>
    public bool Trained { get; init; } = true;

    /// <summary>How the weights came about, in a sentence; may be empty.</summary>
    public string Provenance { get; init; } = string.Empty;

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }
}

using OrleansGallery.Imaging;
using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Training;

/// <summary>The network and what it looks at.</summary>
public sealed record NetworkOptions
{
    /// <summary>The network's name, for example <c>resnet50</c> or <c>compact-resnet</c>. Default: resnet50.</summary>
    public string Architecture { get; init; } = "resnet50";

    /// <summary>Stride of the last stage, 1 or 2. Default: the network's own.</summary>
    public int? LastStride { get; init; }

    /// <summary>
    /// Whether a ReLU follows the stem's normalisation. Default: the network's own (plain paper networks: no).
    /// </summary>
    public bool? StemRelu { get; init; }

    /// <summary>
    /// A checkpoint to start from (safetensors, PyTorch or Lightning); only its backbone, and its neck where it has
    /// one. <c>imagenet-resnet</c>: the weights that come with the program, for the network <c>resnet18-2223</c>.
    /// Default: none, seeded random weights.
    /// </summary>
    public string? InitialCheckpoint { get; init; }

    /// <summary>
    /// Random weights: whether the last normalisation of every residual block starts at zero, so that a block starts as
    /// its shortcut. Default: false.
    /// </summary>
    public bool ZeroResiduals { get; init; }

    /// <summary>The input's height in pixels. Default: 256.</summary>
    public int Height { get; init; } = 256;

    /// <summary>The input's width in pixels. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>
    /// How an image of another shape becomes the input: stretched, cropped from the centre, or padded. Default:
    /// stretch.
    /// </summary>
    public FitKind Fit { get; init; }

    /// <summary>
    /// Cropping: what an image's shorter side is resized to, at least the input's. Default: 8/7 of the input's, so 256
    /// for 224.
    /// </summary>
    public int? ShorterSide { get; init; }

    /// <summary>Mean per channel on the scale 0 to 1. Default: ImageNet's.</summary>
    public IReadOnlyList<float> Mean { get; init; } = Normalization.ImageNet.Mean;

    /// <summary>Standard deviation per channel. Default: ImageNet's.</summary>
    public IReadOnlyList<float> Std { get; init; } = Normalization.ImageNet.Std;

    /// <summary>What to open: a path, or the name of the weights that come with the program; null: none.</summary>
    /// <param name="folder">What the options' paths are relative to.</param>
    internal string? PathOfInitialCheckpoint(string folder) => InitialCheckpoint is null or ImageNetWeights.Name
        ? InitialCheckpoint
        : Path.Combine(folder, InitialCheckpoint);

    /// <summary>Both of what says how an image becomes the input.</summary>
    internal Fit PictureFit => new Fit(Fit, ShorterSide ?? 0).For(Height, Width);

    /// <summary>
    /// Decay per step of an average of the weights, for example 0.999; the average is then what is evaluated and saved.
    /// Default: 0, none.
    /// </summary>
    public double AverageDecay { get; init; }
}

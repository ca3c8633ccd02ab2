using OrleansGallery.Imaging;

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

    /// <summary>How images of another shape become the input. Default: the model's, else stretched.</summary>
    public FitKind? Fit { get; init; }

    /// <summary>Cropping: what an image's shorter side is resized to. Default: 8/7 of the input's.</summary>
    public int? ShorterSide { get; init; }

    /// <summary>The filter images are resized with. Default: the model's or the preset's, else bilinear.</summary>
    public ResizeFilter? Filter { get; init; }

    /// <summary>What is subtracted from red, green and blue. Default: the checkpoint's, else ImageNet's.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>What they are divided by then. Default: the checkpoint's, else ImageNet's.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>
    /// The upper end of the scale that pixels, mean and deviation are on: 1 or 255. Default: told by their size.
    /// </summary>
    public int? PixelScale { get; init; }

    /// <summary>What a file that brings its own graph does not say of itself.</summary>
    public GraphOptions Graph { get; init; } = new();

    /// <summary>Whether weights are rounded to float16, which halves the file. Default: false.</summary>
    public bool Half { get; init; }

    /// <summary>The fit that these options ask for.</summary>
    /// <param name="path">The checkpoint, for messages.</param>
    /// <param name="otherwise">The one where they ask for none.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    internal Fit FitOr(string path, Fit otherwise, int height, int width)
    {
        int least = Math.Min(height, width);
        FitKind kind = Fit ?? (ShorterSide is null ? otherwise.Kind : FitKind.Crop);
        if (ShorterSide is { } shorter && (kind != FitKind.Crop || shorter < least))
        {
            throw new CheckpointException(
                path,
                $"--shorter-side is {shorter} with the fit {kind.ToString().ToLowerInvariant()} and an input of "
                + $"{height} x {width}; it belongs to --fit crop, and is {least} at least.");
        }

        int side = ShorterSide ?? (otherwise.ShorterSide >= least ? otherwise.ShorterSide : 0);
        return new Fit(kind, side).For(height, width);
    }

    /// <summary>The weights' name, the first part of the model's id. Default: the file's.</summary>
    public string? Name { get; init; }
}

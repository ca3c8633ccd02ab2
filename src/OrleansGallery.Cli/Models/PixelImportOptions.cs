using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery model import</c> may have to be told of pixels.</summary>
internal sealed class PixelImportOptions
{
    private const int Channels = 3;

    private readonly Option<FitKind?> _fit = ChoiceOption.Maybe<FitKind>(
        "--fit",
        "How a picture of another shape becomes the input: stretched, cropped (resized by its shorter side, then the "
        + "centre), or padded with black. Default: the model's or the preset's, else stretch.");

    private readonly Option<int?> _shorterSide = NumberOption.Maybe<int>(
        "--shorter-side",
        "With --fit crop: what the shorter side is resized to. Default: 8/7 of the input's, so 256 for 224.",
        new(1, 4096));

    private readonly Option<ResizeFilter?> _filter = ChoiceOption.Maybe<ResizeFilter>(
        "--filter", "What pictures are resized with. Default: the model's or the preset's, else bilinear.");

    private readonly Option<float[]> _mean = NumberOption.List<float>(
        "--mean", "What is subtracted from red, green and blue. Default: the checkpoint's or the preset's, else "
        + "ImageNet's.", [], help: "R,G,B");

    private readonly Option<float[]> _std = NumberOption.List<float>(
        "--std", "What they are divided by then. Default: as --mean.", [], help: "R,G,B");

    private readonly Option<int?> _scale = NumberOption.Maybe<int>(
        "--pixels",
        "The scale that pixels, --mean and --std are on: 1 or 255. Default: told by their size.",
        new(1, 255));

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_fit, _shorterSide, _filter, _mean, _std, _scale];

    public void Check(CommandResult result)
    {
        foreach (Option<float[]> option in (Option<float[]>[])[_mean, _std])
        {
            if (result.GetValue(option) is { Length: not (0 or Channels) } values)
            {
                result.AddError($"{option.Name} has {values.Length} numbers; it has three, for red, green and blue.");
            }
        }

        if (result.GetValue(_scale) is { } scale && scale is not (1 or 255))
        {
            result.AddError($"--pixels is {scale}; 1 and 255 are possible.");
        }
    }

    public ImportOptions Into(ImportOptions options, ParseResult arguments) => options with
    {
        Fit = arguments.GetValue(_fit),
        ShorterSide = arguments.GetValue(_shorterSide),
        Filter = arguments.GetValue(_filter),
        Mean = arguments.GetValue(_mean) is { Length: Channels } mean ? mean : null,
        Std = arguments.GetValue(_std) is { Length: Channels } std ? std : null,
        PixelScale = arguments.GetValue(_scale),
    };
}

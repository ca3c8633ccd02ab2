using OrleansGallery.Inference.Graphs;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference.Import;

/// <summary>Mean and deviation on the scale 0 to 1, whichever scale they were given on.</summary>
internal static class PixelLevels
{
    private const float Full = 255;

    // Means and deviations beyond this are of pixels from 0 to 255.
    private const float MostOfOne = 1.5f;

    public static (Normalization Normalization, string Source) Of(
        string path, ImportOptions options, GraphPreset? preset)
    {
        if (options is { Mean: null, Std: null, PixelScale: null })
        {
            return preset is null
                ? (Normalization.ImageNet, "assumed: ImageNet's")
                : (preset.Normalization, $"preset {preset.Name}");
        }

        IReadOnlyList<float> mean = options.Mean ?? [0, 0, 0];
        IReadOnlyList<float> std = options.Std ?? [1, 1, 1];
        bool bytes = options.PixelScale == (int)Full
            || (options.PixelScale is null && mean.Concat(std).Any(value => Math.Abs(value) > MostOfOne));
        float scale = bytes ? Full : 1;
        try
        {
            return (
                new Normalization([.. mean.Select(value => value / scale)], [.. std.Select(value => value / scale)]),
                $"option, on the scale 0 to {(bytes ? "255" : "1")}");
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(path, $"--mean and --std do not do: {exception.Message}");
        }
    }
}

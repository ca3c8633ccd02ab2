using OrleansGallery.Inference.Models;
using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>What an input's shape says.</summary>
/// <param name="Height">Its rows; null where they are open.</param>
/// <param name="Width">Its columns; null where they are open.</param>
/// <param name="Layout">The order of its axes.</param>
/// <param name="LayoutSource">How that is known.</param>
/// <param name="Batch">As <see cref="GraphUse.Batch"/>.</param>
internal sealed record GraphAxes(int? Height, int? Width, GraphLayout Layout, string LayoutSource, int Batch)
{
    private const int Channels = 3;

    /// <exception cref="CheckpointException">It is the shape of no pictures, or an option has to decide.</exception>
    public static GraphAxes Of(string path, OnnxValue input, GraphOptions options)
    {
        if (input.Shape is not { } shape)
        {
            GraphLayout told = options.Layout ?? throw new CheckpointException(
                path, $"its input {input} says nothing of its axes: name them by --layout nchw or nhwc.");
            return new GraphAxes(null, null, told, "option", 0);
        }

        (GraphLayout layout, string source) = LayoutOf(shape, options.Layout);
        (OnnxAxis colours, OnnxAxis rows, OnnxAxis columns) = layout == GraphLayout.Nchw
            ? (shape[1], shape[2], shape[3])
            : (shape[3], shape[1], shape[2]);
        if (colours.Length is { } count && count != Channels)
        {
            throw new CheckpointException(
                path,
                $"its input {input} has {count} channels as {layout.ToString().ToUpperInvariant()}; pictures have "
                + "three (--layout decides which axis they are).");
        }

        return new GraphAxes(
            Side(path, rows), Side(path, columns), layout, source, BatchOf(path, shape[0], options.FixedBatch));
    }

    private static (GraphLayout Layout, string Source) LayoutOf(IReadOnlyList<OnnxAxis> shape, GraphLayout? option)
    {
        bool first = shape[1].Length == Channels;
        bool last = shape[3].Length == Channels;
        return option is { } told ? (told, "option")
            : first && !last ? (GraphLayout.Nchw, "the file")
            : last && !first ? (GraphLayout.Nhwc, "the file")
            : shape[3].Name?.Contains("channel", StringComparison.OrdinalIgnoreCase) == true
                ? (GraphLayout.Nhwc, "the names of its axes")
                : (GraphLayout.Nchw, "assumed");
    }

    private static int? Side(string path, OnnxAxis axis) => axis.Length switch
    {
        null => null,
        <= ModelMetadata.MaxSide and var side => (int)side,
        var side => throw new CheckpointException(
            path, $"its input has a side of {side} pixels; at most {ModelMetadata.MaxSide} are possible."),
    };

    private static int BatchOf(string path, OnnxAxis axis, bool filled) => axis.Length switch
    {
        null => 0,
        1 => 1,
        <= GraphMetadata.MaxBatch and var count when filled => (int)count,
        var count => throw new CheckpointException(
            path,
            $"it takes {count} images at once and no other number. Export it with an open first axis, or have it "
            + $"filled up with blank images by --fixed-batch (at most {GraphMetadata.MaxBatch}), at the price of "
            + "their time."),
    };
}

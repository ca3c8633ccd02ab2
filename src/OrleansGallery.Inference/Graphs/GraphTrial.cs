using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using OrleansGallery.Imaging;
using OrleansGallery.Onnx;

namespace OrleansGallery.Inference.Graphs;

/// <summary>
/// Embeds test pictures by a graph: whether it runs, what comes out, and whether it takes several at once.
/// </summary>
internal static class GraphTrial
{
    private const float Tolerance = 0.999f;

    /// <summary>Runs it.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="graph">Its bytes.</param>
    /// <param name="description">What was understood of it.</param>
    /// <param name="findings">What is found is added here.</param>
    /// <returns>The description with its dimension, and with single images where several do not do.</returns>
    /// <exception cref="CheckpointException">It does not run, or gives nothing that can be searched.</exception>
    public static ModelDescription Run(
        string path, byte[] graph, ModelDescription description, List<ImportFinding> findings)
    {
        using GraphModel model = GraphModel.Of(path, description, graph, "cpu", null);
        PixelImage[] pictures = [Picture(description, 0), Picture(description, 1)];
        try
        {
            float[][] alone = [.. pictures.SelectMany(picture => model.Try([picture]))];
            foreach (float[] embedding in alone)
            {
                RefuseUseless(path, embedding);
            }

            long started = Stopwatch.GetTimestamp();
            model.Try([pictures[0]]);
            double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            float cosine = TensorPrimitives.CosineSimilarity<float>(alone[0], alone[1]);
            findings.Add(new(
                "test picture",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{alone[0].Length} numbers of length {TensorPrimitives.Norm<float>(alone[0]):G4} in "
                    + $"{milliseconds:0.0} ms; cosine to another picture {cosine:0.0000}"),
                cosine > 0.99999f ? "both pictures look the same to it: check --mean, --std, --pixels" : "tried"));
            GraphUse use = description.Graph! with { Batch = Batch(model, pictures, alone, findings) };
            return description with { Dimension = alone[0].Length, Graph = use };
        }
        catch (OnnxException exception)
        {
            throw new CheckpointException(
                path,
                $"it does not embed a test picture of {description.InputHeight} x {description.InputWidth}: "
                + $"{exception.Message} (--input and --layout say how it is fed, --graph-output what is taken from "
                + "it.)",
                exception);
        }
    }

    private static int Batch(
        GraphModel model, PixelImage[] pictures, float[][] alone, List<ImportFinding> findings)
    {
        int batch = model.Description.Graph!.Batch;
        if (batch != 0)
        {
            findings.Add(new(
                "batch", batch == 1 ? "single images" : $"{batch}, filled up with blank ones", "the file"));
            return batch;
        }

        try
        {
            float[][] together = model.Try([pictures[1], pictures[0], pictures[1]]);
            bool same = TensorPrimitives.CosineSimilarity<float>(together[0], alone[1]) > Tolerance
                && TensorPrimitives.CosineSimilarity<float>(together[1], alone[0]) > Tolerance
                && TensorPrimitives.CosineSimilarity<float>(together[2], alone[1]) > Tolerance;
            findings.Add(same
                ? new("batch", "any number of images", "tried")
                : new("batch", "single images", "three at once gave others than each by itself"));
            return same ? 0 : 1;
        }
        catch (Exception exception) when (exception is OnnxException or ArgumentException)
        {
            findings.Add(new("batch", "single images", "three at once failed"));
            return 1;
        }
    }

    private static void RefuseUseless(string path, float[] embedding)
    {
        int bad = Array.FindIndex(embedding, value => !float.IsFinite(value));
        bool zero = Array.TrueForAll(embedding, value => value == 0);
        if (bad >= 0 || zero || embedding.Length > GraphKinds.MaxDimension)
        {
            string what = embedding.Length > GraphKinds.MaxDimension
                ? $"has {embedding.Length} numbers; at most {GraphKinds.MaxDimension} are possible"
                : bad >= 0 ? $"is {embedding[bad].ToString(CultureInfo.InvariantCulture)} at {bad}"
                : "is zero throughout";
            throw new CheckpointException(
                path,
                $"its embedding of a test picture {what}. Whether pixels are what it wants is decided by --pixels, "
                + "--mean, --std and --channels, what is taken from it by --graph-output.");
        }
    }

    // A smooth picture with an edge, or its complement in other places: both within what photographs have.
    private static PixelImage Picture(ModelDescription description, int kind)
    {
        (int height, int width) = (description.InputHeight, description.InputWidth);
        byte[] rgb = new byte[height * width * PixelImage.Channels];
        for (int i = 0; i < rgb.Length; i++)
        {
            (int x, int y, int c) = (i / 3 % width, i / 3 / width, i % 3);
            double wave = Math.Sin(((x * (kind + 1.0) / width) + (y * (c + 1.0) / height)) * 4 + kind);
            bool inside = (x * 2 > width) ^ (kind == 1 && y * 3 > height);
            rgb[i] = (byte)(inside ? 128 + (100 * wave) : 60 + (30 * c) + (20 * wave));
        }

        return new PixelImage(width, height, rgb);
    }
}

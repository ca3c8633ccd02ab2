using System.Globalization;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference.Models;

/// <summary>A model's description as the string metadata of its safetensors file, both ways.</summary>
internal static class ModelMetadata
{
    /// <summary>The longest side of an input.</summary>
    public const int MaxSide = 4096;

    private const int ShaDigits = 8;

    /// <summary>Reads the description.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="sha256">Its SHA-256, lower-case hex.</param>
    /// <returns>The description.</returns>
    /// <exception cref="CheckpointException">A key is missing or has no such value.</exception>
    public static ModelDescription Read(SafetensorsFile file, string sha256)
    {
        MetadataText text = new(file);
        string architecture = text.Text("architecture")
            ?? throw new CheckpointException(
                file.Path, "its metadata has no 'architecture', so it is not known which network its weights are for.");
        NetworkShape? shape = GraphKinds.Is(architecture) ? null : ShapeOf(file, text, architecture);
        int height = text.Number("input_height", null, 1, MaxSide);
        int width = text.Number("input_width", null, 1, MaxSide);
        return new ModelDescription
        {
            Id = IdOf(text.Text("name") ?? Path.GetFileNameWithoutExtension(file.Path), sha256),
            Architecture = architecture,
            Dimension = shape?.Dimension ?? text.Number("dimension", null, 1, GraphKinds.MaxDimension),
            InputHeight = height,
            InputWidth = width,
            Mean = text.Triple("mean", Normalization.ImageNet.Mean),
            Std = text.Triple("std", Normalization.ImageNet.Std),
            Filter = text.Choice("filter", ResizeFilter.Bilinear),
            Fit = new Fit(
                text.Choice("fit", FitKind.Stretch),
                text.Number("shorter_side", 0, Math.Min(height, width), MaxSide)).For(height, width),
            LastStride = shape?.Stride,
            StemRelu = shape?.Relu,
            Graph = shape is null ? GraphMetadata.Read(text) : null,
            Trained = text.Text("trained") != "false",
            Provenance = text.Text("provenance") ?? string.Empty,
            Sha256 = sha256,
        };
    }

    /// <summary>The network of a model that is one.</summary>
    public static NetworkShape ShapeOf(ModelDescription description) =>
        Architectures.Find(description.Architecture)!.Variant(description.LastStride, description.StemRelu);

    /// <summary>Writes the description.</summary>
    /// <param name="name">The weights' name, the first part of the id.</param>
    /// <param name="description">The description.</param>
    /// <returns>The metadata.</returns>
    public static Dictionary<string, string> Write(string name, ModelDescription description)
    {
        Dictionary<string, string> metadata = new()
        {
            ["name"] = name,
            ["architecture"] = description.Architecture,
            ["dimension"] = Number(description.Dimension),
            ["input_height"] = Number(description.InputHeight),
            ["input_width"] = Number(description.InputWidth),
            ["mean"] = MetadataText.Join(description.Mean),
            ["std"] = MetadataText.Join(description.Std),
            ["filter"] = MetadataText.Word(description.Filter),
            ["trained"] = description.Trained ? "true" : "false",
            ["provenance"] = description.Provenance,
        };
        if (description.LastStride is { } lastStride)
        {
            metadata["last_stride"] = Number(lastStride);
        }

        if (description.StemRelu is { } stemRelu)
        {
            metadata["stem_relu"] = stemRelu ? "true" : "false";
        }

        // Left out where it is as it always was, so that such a file keeps its bytes and its id.
        if (description.Fit.Kind != FitKind.Stretch)
        {
            metadata["fit"] = MetadataText.Word(description.Fit.Kind);
        }

        if (description.Fit.Kind == FitKind.Crop)
        {
            metadata["shorter_side"] = Number(
                description.Fit.For(description.InputHeight, description.InputWidth).ShorterSide);
        }

        if (description.Graph is { } graph)
        {
            GraphMetadata.Write(graph, metadata);
        }

        return metadata;
    }

    /// <summary>The id of weights.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="sha256">The file's SHA-256, lower-case hex.</param>
    /// <returns>Name and first digits.</returns>
    public static string IdOf(string name, string sha256) => $"{name}-{sha256[..ShaDigits]}";

    private static NetworkShape ShapeOf(SafetensorsFile file, MetadataText text, string architecture)
    {
        NetworkShape shape = Architectures.Find(architecture)
            ?? throw new CheckpointException(
                file.Path,
                $"its architecture '{architecture}' is none of "
                + $"{string.Join(", ", Architectures.All.Select(a => a.Name))}.");
        return shape.Variant(text.Number("last_stride", shape.Stride ?? 1, 1, 2), text.Flag("stem_relu"));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;

namespace OrleansGallery.Inference.Models;

/// <summary>A model's description as the string metadata of its safetensors file, both ways.</summary>
internal static class ModelMetadata
{
    private const int MaxSide = 4096;
    private const int ShaDigits = 8;

    /// <summary>Reads the description.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="sha256">Its SHA-256, lower-case hex.</param>
    /// <returns>The description and the network's shape.</returns>
    /// <exception cref="CheckpointException">A key is missing or has no such value.</exception>
    public static (ModelDescription Description, NetworkShape Shape) Read(SafetensorsFile file, string sha256)
    {
        string architecture = file.Metadata.GetValueOrDefault("architecture")
            ?? throw new CheckpointException(
                file.Path, "its metadata has no 'architecture', so it is not known which network its weights are for.");
        NetworkShape shape = Architectures.Find(architecture)
            ?? throw new CheckpointException(
                file.Path,
                $"its architecture '{architecture}' is none of {string.Join(", ", Architectures.All.Select(a => a.Name))}.");
        shape = shape.Variant(Number(file, "last_stride", shape.Stride ?? 1, 1, 2), Flag(file, "stem_relu"));
        return (
            new ModelDescription
            {
                Id = IdOf(file, sha256),
                Architecture = architecture,
                Dimension = shape.Dimension,
                InputHeight = Number(file, "input_height", null, 1, MaxSide),
                InputWidth = Number(file, "input_width", null, 1, MaxSide),
                Mean = Triple(file, "mean", Normalization.ImageNet.Mean),
                Std = Triple(file, "std", Normalization.ImageNet.Std),
                Filter = FilterOf(file),
                LastStride = shape.Stride,
                StemRelu = shape.Relu,
                Trained = file.Metadata.GetValueOrDefault("trained") != "false",
                Provenance = file.Metadata.GetValueOrDefault("provenance") ?? string.Empty,
                Sha256 = sha256,
            },
            shape);
    }

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
            ["dimension"] = description.Dimension.ToString(CultureInfo.InvariantCulture),
            ["input_height"] = description.InputHeight.ToString(CultureInfo.InvariantCulture),
            ["input_width"] = description.InputWidth.ToString(CultureInfo.InvariantCulture),
            ["mean"] = Join(description.Mean),
            ["std"] = Join(description.Std),
            ["filter"] = description.Filter == ResizeFilter.Bicubic ? "bicubic" : "bilinear",
            ["trained"] = description.Trained ? "true" : "false",
            ["provenance"] = description.Provenance,
        };
        if (description.LastStride is { } lastStride)
        {
            metadata["last_stride"] = lastStride.ToString(CultureInfo.InvariantCulture);
        }

        if (description.StemRelu is { } stemRelu)
        {
            metadata["stem_relu"] = stemRelu ? "true" : "false";
        }

        return metadata;
    }

    /// <summary>The id of weights.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="sha256">The file's SHA-256, lower-case hex.</param>
    /// <returns>Name and first digits.</returns>
    public static string IdOf(string name, string sha256) => $"{name}-{sha256[..ShaDigits]}";

    private static string IdOf(SafetensorsFile file, string sha256) =>
        IdOf(file.Metadata.GetValueOrDefault("name") ?? Path.GetFileNameWithoutExtension(file.Path), sha256);

    private static int Number(SafetensorsFile file, string key, int? otherwise, int least, int most)
    {
        string? text = file.Metadata.GetValueOrDefault(key);
        if (text is null && otherwise is { } value)
        {
            return value;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed)
            && parsed >= least && parsed <= most
                ? parsed
                : throw new CheckpointException(
                    file.Path, $"its metadata '{key}' is '{text}', not a number from {least} to {most}.");
    }

    private static bool? Flag(SafetensorsFile file, string key) => file.Metadata.GetValueOrDefault(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        string other => throw new CheckpointException(
            file.Path, $"its metadata '{key}' is '{other}', neither true nor false."),
    };

    private static IReadOnlyList<float> Triple(SafetensorsFile file, string key, IReadOnlyList<float> otherwise)
    {
        if (file.Metadata.GetValueOrDefault(key) is not { } text)
        {
            return otherwise;
        }

        float[] values = [.. text.Split(',').Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN)];
        bool fits = values.Length == 3 && values.All(float.IsFinite) && (key != "std" || values.All(v => v > 0));
        return fits
            ? values
            : throw new CheckpointException(file.Path, $"its metadata '{key}' is '{text}', not three numbers.");
    }

    private static ResizeFilter FilterOf(SafetensorsFile file) => file.Metadata.GetValueOrDefault("filter") switch
    {
        null or "bilinear" => ResizeFilter.Bilinear,
        "bicubic" => ResizeFilter.Bicubic,
        string other => throw new CheckpointException(
            file.Path, $"its metadata 'filter' is '{other}', neither bilinear nor bicubic."),
    };

    private static string Join(IReadOnlyList<float> values) =>
        string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}

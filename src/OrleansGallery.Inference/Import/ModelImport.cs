using System.Globalization;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Graphs;
using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Inference.Import;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Inference;

/// <summary>
/// Other people's checkpoints as models: the paper's Lightning files, ImageNet's residual networks, OSNet's public
/// weights, in any format that <see cref="CheckpointFile"/> reads.
/// </summary>
public static class ModelImport
{
    private const string Hyper = "hyper_parameters.";
    private const float NormEpsilon = 1e-5f;

    /// <summary>Writes a checkpoint's weights as a model's file.</summary>
    /// <param name="path">The checkpoint. One that is a model's file already is copied.</param>
    /// <param name="options">What the checkpoint does not say of itself.</param>
    /// <param name="target">Where to.</param>
    /// <returns>What was understood of a file that brings its own graph.</returns>
    /// <exception cref="CheckpointException">
    /// The file cannot be read, or does not fit the network: the message names what is missing, unexpected or of
    /// another shape, or the weight that is NaN or infinite.
    /// </exception>
    public static IReadOnlyList<ImportFinding> Write(string path, ImportOptions options, Stream target)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(target);
        if (GraphImport.IsScript(path))
        {
            return GraphImport.WriteScript(path, options, NameOf(path, options), target);
        }

        using CheckpointFile file = CheckpointFile.Open(path);
        if (file is OnnxCheckpoint graph)
        {
            return GraphImport.Write(graph, options, NameOf(path, options), target);
        }

        RefuseGraphOptions(path, options);

        // A model keeps its description; another network is another import.
        if (IsModel(file) && options is { Architecture: null, StemRelu: null, LastStride: null })
        {
            WriteModel(file, options, target);
            return [];
        }

        CheckpointKeys keys = CheckpointKeys.Of(file);
        NetworkShape shape = ShapeOf(file, keys, options);
        using EmbeddingNetwork network = new(shape);
        NetworkDifferences differences = NetworkDifferences.Of(network, keys);
        if (!differences.None)
        {
            throw new CheckpointException(path, $"it does not fit the network {shape.Name}: {differences}.");
        }

        Fill(network, file, keys);
        EmbeddingModel.Save(target, NameOf(path, options), network, Describe(file, shape, options), options.Half);
        return [];
    }

    /// <summary>Whether a checkpoint is a model's file: it names its network.</summary>
    internal static bool IsModel(CheckpointFile file) =>
        file.Format == CheckpointFormat.Safetensors && file.Metadata.ContainsKey("architecture");

    private static void WriteModel(CheckpointFile file, ImportOptions options, Stream target)
    {
        // Loaded even where it is only copied: a file that cannot be used must not become a model.
        using EmbeddingModel model = EmbeddingModel.Load(file.Path);
        if (options == new ImportOptions())
        {
            using FileStream source = File.OpenRead(file.Path);
            source.CopyTo(target);
            return;
        }

        string named = NameOf(
            file.Path, options with { Name = options.Name ?? file.Metadata.GetValueOrDefault("name") });
        ModelDescription changed = Changed(file.Path, model.Description, options);
        if (model is NetworkModel)
        {
            // As it is in the file; the loaded one is in the form in which it serves.
            using SafetensorsFile source = SafetensorsFile.Open(file.Path);
            using EmbeddingNetwork network = NetworkModel.Read(source, model.Description);
            EmbeddingModel.Save(target, named, network, changed, options.Half);
            return;
        }

        if (options.Half || options.InputHeight is not null)
        {
            throw new CheckpointException(
                file.Path,
                "it brings its own graph, which has its size and its numbers: leave out --input and --half.");
        }

        CheckpointTensor graph = file.Find(GraphModel.Tensor)!;
        SafetensorsFile.Write(
            target,
            [new SafetensorsTensor(graph.Name, graph.Type, graph.Shape, file.Read(graph))],
            ModelMetadata.Write(named, changed));
    }

    // A model's description as an import changes it.
    private static ModelDescription Changed(string path, ModelDescription model, ImportOptions options)
    {
        (int height, int width) =
            (options.InputHeight ?? model.InputHeight, options.InputWidth ?? model.InputWidth);
        Normalization pixels = options is { Mean: null, Std: null, PixelScale: null }
            ? new Normalization(model.Mean, model.Std)
            : PixelLevels.Of(path, options, null).Normalization;
        return model with
        {
            InputHeight = height,
            InputWidth = width,
            Mean = pixels.Mean,
            Std = pixels.Std,
            Filter = options.Filter ?? model.Filter,
            Fit = options.FitOr(path, model.Fit, height, width),
        };
    }

    private static void RefuseGraphOptions(string path, ImportOptions options)
    {
        if (options.Graph != new GraphOptions())
        {
            throw new CheckpointException(
                path,
                "its network is one of this program's: --preset, --graph-output, --layout, --channels, --tokens, "
                + "--normalize, --fixed-batch and --trust are for ONNX and TorchScript files.");
        }
    }

    /// <summary>The network that a checkpoint is for, as far as its content tells.</summary>
    /// <param name="file">The open checkpoint.</param>
    /// <returns>Its name, or null.</returns>
    public static string? ArchitectureOf(CheckpointFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file is OnnxCheckpoint
            ? GraphKinds.Onnx
            : file.Metadata.GetValueOrDefault("architecture") ?? file.Metadata.GetValueOrDefault($"{Hyper}MODEL.NAME")
            ?? ArchitectureGuess.Of(CheckpointKeys.Of(file))?.Name;
    }

    /// <summary>What keeps a checkpoint from being imported without options.</summary>
    /// <param name="file">The open checkpoint.</param>
    /// <returns>The differences in words; null where there are none.</returns>
    public static string? DifferenceOf(CheckpointFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            if (file is OnnxCheckpoint graph)
            {
                new GraphReading(file.Path, new ImportOptions()).Read(graph.Model);
                return null;
            }

            if (IsModel(file) && GraphKinds.Is(file.Metadata["architecture"]))
            {
                return null;
            }

            CheckpointKeys keys = CheckpointKeys.Of(file);
            using EmbeddingNetwork network = new(ShapeOf(file, keys, new ImportOptions()));
            NetworkDifferences differences = NetworkDifferences.Of(network, keys);
            return differences.None ? null : differences.ToString();
        }
        catch (CheckpointException exception)
        {
            return exception.Message;
        }
    }

    private static NetworkShape ShapeOf(CheckpointFile file, CheckpointKeys keys, ImportOptions options)
    {
        string known = string.Join(", ", Architectures.All.Select(shape => shape.Name));
        string? named = options.Architecture ?? file.Metadata.GetValueOrDefault("architecture")
            ?? file.Metadata.GetValueOrDefault($"{Hyper}MODEL.NAME");
        NetworkShape? found = named is null ? ArchitectureGuess.Of(keys) : Architectures.Find(named);
        NetworkShape shape = found ?? throw new CheckpointException(
            file.Path,
            named is null
                ? $"its {file.Tensors.Count} tensors ('{file.Tensors[0].Name}' ... '{file.Tensors[^1].Name}') are "
                    + $"those of none of {known}. Name the nearest (--architecture) to see what differs."
                : $"its architecture '{named}' is none of {known}.");
        return shape.Variant(options.LastStride ?? Number(file, "MODEL.LAST_STRIDE"), options.StemRelu);
    }

    private static void Fill(EmbeddingNetwork network, CheckpointFile file, CheckpointKeys keys)
    {
        using IDisposable mode = no_grad();
        foreach ((string name, Tensor target) in NetworkState.Of(network))
        {
            if (keys.Tensors.TryGetValue(name, out CheckpointTensor? tensor))
            {
                float[] weights = file.ReadSingles(tensor);
                FiniteWeights.Require(file.Path, tensor.Name, tensor.Shape, weights);
                using Tensor source = torch.tensor(weights).reshape(target.shape);
                target.copy_(source);
            }
            else if (name == "bn.running_var")
            {
                // A file without neck: one that changes nothing, since its variance and epsilon make 1.
                target.fill_(1 - NormEpsilon);
            }
            else if (name == "bn.weight")
            {
                target.fill_(1);
            }
            else
            {
                target.zero_();
            }
        }
    }

    private static ModelDescription Describe(CheckpointFile file, NetworkShape shape, ImportOptions options)
    {
        int[] size = Numbers(file, "INPUT.SIZE_TEST") is { Length: 2 } sides
            ? [.. sides.Select(v => (int)v)]
            : [256, 128];
        ModelDescription stated = new()
        {
            Id = string.Empty,
            Architecture = shape.Name,
            Dimension = shape.Dimension,
            InputHeight = size[0],
            InputWidth = size[1],
            Mean = Numbers(file, "INPUT.PIXEL_MEAN") is { Length: 3 } mean ? mean : Normalization.ImageNet.Mean,
            Std = Numbers(file, "INPUT.PIXEL_STD") is { Length: 3 } std && std.All(v => v > 0)
                ? std
                : Normalization.ImageNet.Std,
            Provenance = file is NamedCheckpoint
                ? ImageNetWeights.Notice
                : $"Imported from {Path.GetFileName(file.Path)} ({file.Format}, SHA-256 {file.Sha256()}).",
            Sha256 = string.Empty,
        };
        return Changed(file.Path, stated, options);
    }

    private static string NameOf(string path, ImportOptions options)
    {
        string name = options.Name ?? Path.GetFileNameWithoutExtension(path);
        string clean = string.Concat(
            name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('.');
        return clean.Length > 0 ? clean : "model";
    }

    private static int? Number(CheckpointFile file, string key) =>
        Numbers(file, key) is [1 or 2] and [float value] ? (int)value : null;

    private static float[]? Numbers(CheckpointFile file, string key)
    {
        string[] parts = file.Metadata.GetValueOrDefault(Hyper + key)?.Split(',') ?? [];
        float[] values = [.. parts.Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? value
                : float.NaN)];
        return values.Length > 0 && values.All(float.IsFinite) ? values : null;
    }
}

using System.Security.Cryptography;
using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.ImageNet;

/// <summary>
/// Weights of a residual network trained on ImageNet, in a file beside the program. The build takes it from a package
/// of others; where the package could not be restored there is none.
/// </summary>
public static class ImageNetWeights
{
    /// <summary>What names them in the place of a checkpoint.</summary>
    public const string Name = "imagenet-resnet";

    /// <summary>Where they come from and under which licence; models made of them keep it.</summary>
    public const string Notice =
        $"Weights trained on ImageNet: ResNet18.onnx of the package {Package}, MIT licence, Copyright (c) .NET "
        + "Foundation and Contributors.";

    private const string Package = "Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1";
    private const string Sha256 = "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f";

    // The package's own pixels are 0 to 255, less these means, without a deviation.
    private static readonly double[] Means = [123.152, 115.903, 103.063];

    /// <summary>The file, whether or not it is there.</summary>
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, $"{Name}.onnx");

    /// <summary>Opens them as a checkpoint with the usual names, for RGB images normalised by mean and deviation.
    /// </summary>
    /// <returns>The open checkpoint; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">This build has none, or the file is damaged.</exception>
    public static CheckpointFile Open() => Open(Path);

    /// <inheritdoc cref="Open()"/>
    internal static CheckpointFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                Name,
                $"this build has no '{path}', since the package {Package} could not be restored. Build again where "
                + "the package feed has it, or name a checkpoint of your own.");
        }

        byte[] content = OnnxCheckpoint.ReadFile(path);
        string found = Convert.ToHexStringLower(SHA256.HashData(content));
        if (found != Sha256)
        {
            throw new CheckpointException(
                path,
                $"it is damaged: its SHA-256 is {found} instead of {Sha256}. Delete it and the package {Package} in "
                + "the folder of NuGet's packages, and build again.");
        }

        using OnnxCheckpoint graph = OnnxCheckpoint.Of(path, content);
        return new NamedCheckpoint(path, ImageNetTensors.Of(graph), Facts());
    }

    private static Dictionary<string, string> Facts() => new(StringComparer.Ordinal)
    {
        ["architecture"] = Networks.Architectures.ResNet18Long.Name,
        ["hyper_parameters.INPUT.SIZE_TEST"] = "224,224",
        ["hyper_parameters.INPUT.PIXEL_MEAN"] = string.Join(',', Means.Select(Level)),
        ["hyper_parameters.INPUT.PIXEL_STD"] = string.Join(
            ',', Preprocessing.Normalization.ImageNet.Std.Select(value => Level(value * 255.0))),
    };

    private static string Level(double value) =>
        ((float)(value / 255)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.ImageNet;

/// <summary>The package's tensors under the names that residual networks give theirs.</summary>
/// <remarks>
/// The exporter numbered what it met: a convolution is <c>Parameter n</c>, a normalisation <c>Parameter m</c> (weight)
/// and <c>m + 1</c> (bias), <c>Constant m + 2</c> (mean) and <c>m + 3</c> (variance).
/// </remarks>
internal static class ImageNetTensors
{
    private const int Channels = 3;

    private static readonly (string Convolution, string Norm, int N, int M)[] Pairs =
    [
        ("conv1", "bn1", 91, 96),
        .. Block("layer1.0", 86, 113, 82, 127), .. Block("layer1.1", 77, 144, 73, 158),
        .. Block("layer2.0", 68, 175, 64, 189), Shortcut("layer2.0", 199, 203), .. Block("layer2.1", 59, 220, 55, 234),
        .. Block("layer3.0", 50, 251, 46, 265), Shortcut("layer3.0", 275, 279), .. Block("layer3.1", 41, 296, 37, 310),
        .. Block("layer4.0", 32, 327, 28, 341), Shortcut("layer4.0", 351, 355), .. Block("layer4.1", 23, 372, 19, 386),
        .. Block("layer4.2", 14, 403, 10, 417),
    ];

    public static List<SafetensorsTensor> Of(CheckpointFile graph) =>
    [
        .. Pairs.SelectMany(pair => (SafetensorsTensor[])
        [
            Take(graph, $"Parameter{pair.N}", $"{pair.Convolution}.weight"),
            Take(graph, $"Parameter{pair.M}", $"{pair.Norm}.weight"),
            Take(graph, $"Parameter{pair.M + 1}", $"{pair.Norm}.bias"),
            Take(graph, $"Constant{pair.M + 2}", $"{pair.Norm}.running_mean"),
            Take(graph, $"Constant{pair.M + 3}", $"{pair.Norm}.running_var"),
        ]),
    ];

    private static SafetensorsTensor Take(CheckpointFile graph, string name, string key)
    {
        CheckpointTensor tensor = graph.Find(name)
            ?? throw new CheckpointException(graph.Path, $"it has no weight '{name}'.");
        return key == "conv1.weight"
            ? SafetensorsTensor.Of(key, tensor.Shape, Normalised(graph.ReadSingles(tensor), tensor.Shape))
            : new SafetensorsTensor(key, tensor.Type, tensor.Shape, graph.Read(tensor));
    }

    // [64, 3, 7, 7] for blue, green, red on the scale 0 to 255 becomes one for red, green, blue in deviations.
    private static float[] Normalised(ReadOnlySpan<float> stem, IReadOnlyList<long> shape)
    {
        int plane = (int)(shape[2] * shape[3]);
        float[] normalised = new float[stem.Length];
        for (int i = 0; i < stem.Length; i++)
        {
            int channel = i / plane % Channels;
            double scale = 255.0 * Preprocessing.Normalization.ImageNet.Std[channel];
            int swapped = i + (Channels - 1 - (2 * channel)) * plane;
            normalised[i] = (float)(stem[swapped] * scale);
        }

        return normalised;
    }

    private static (string, string, int, int)[] Block(string name, int n1, int m1, int n2, int m2) =>
        [($"{name}.conv1", $"{name}.bn1", n1, m1), ($"{name}.conv2", $"{name}.bn2", n2, m2)];

    private static (string, string, int, int) Shortcut(string name, int n, int m) =>
        ($"{name}.downsample.0", $"{name}.downsample.1", n, m);
}

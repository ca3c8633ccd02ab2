using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using TorchSharp;

namespace OrleansGallery.Inference.Import;

/// <summary>How a checkpoint differs from a network.</summary>
/// <param name="Missing">Keys of the network that the checkpoint lacks.</param>
/// <param name="Unexpected">Keys of the checkpoint, as the file has them, that the network lacks.</param>
/// <param name="Shapes">Tensors of another shape, in words.</param>
internal sealed record NetworkDifferences(
    IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Shapes)
{
    private const int Shown = 4;

    /// <summary>Whether there are none.</summary>
    public bool None => Missing.Count + Unexpected.Count + Shapes.Count == 0;

    public static NetworkDifferences Of(EmbeddingNetwork network, CheckpointKeys keys)
    {
        List<string> missing = [];
        List<string> shapes = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach ((string name, torch.Tensor value) in NetworkState.Of(network))
        {
            known.Add(name);
            if (!keys.Tensors.TryGetValue(name, out CheckpointTensor? tensor))
            {
                bool needed = !NetworkWeights.IsOptional(name) && (keys.HasNeck || !CheckpointKeys.IsNeck(name));
                if (needed)
                {
                    missing.Add(name);
                }
            }
            else if (!tensor.Shape.SequenceEqual(value.shape))
            {
                shapes.Add($"'{tensor.Name}' is [{string.Join(", ", tensor.Shape)}] instead of [{string.Join(", ", value.shape)}]");
            }
        }

        return new NetworkDifferences(
            missing, [.. keys.Tensors.Where(item => !known.Contains(item.Key)).Select(item => item.Value.Name)], shapes);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", new[]
    {
        Part("missing", Missing.Select(name => $"'{name}'")),
        Part("unexpected", Unexpected.Select(name => $"'{name}'")),
        Part("of another shape", Shapes),
    }.OfType<string>());

    private static string? Part(string what, IEnumerable<string> items)
    {
        string[] all = [.. items];
        string rest = all.Length > Shown ? $" and {all.Length - Shown} more" : string.Empty;
        return all.Length == 0 ? null : $"{what}: {string.Join(", ", all.Take(Shown))}{rest}";
    }
}

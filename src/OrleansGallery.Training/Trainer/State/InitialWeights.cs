using System.Text.RegularExpressions;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Networks;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>What a network starts from.</summary>
internal static partial class InitialWeights
{
    // Keys as the paper's checkpoints, as stock backbones and as wrapped ones have them.
    private static readonly string[] Prefixes = ["", "backbone.", "backbone.base."];

    /// <summary>
    /// Draws convolutions N(0, 2 / fan-in) by Torch's generator, in the order of the network's tensors.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="zeroResiduals">Whether every block starts as its shortcut.</param>
    public static void Draw(EmbeddingNetwork network, bool zeroResiduals)
    {
        using IDisposable mode = no_grad();
        foreach ((string name, Tensor value) in NetworkState.Of(network))
        {
            if (value.dim() == 4)
            {
                value.normal_(0, Math.Sqrt(2.0 / (value.shape[1] * value.shape[2] * value.shape[3])));
            }
            else if (zeroResiduals && LastOfBlock(name, network))
            {
                value.zero_();
            }
        }
    }

    /// <summary>Copies a checkpoint's backbone, and its neck where it has one.</summary>
    /// <param name="network">The network, on the CPU.</param>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="CheckpointException">A tensor of the backbone is missing or has another shape.</exception>
    public static void Load(EmbeddingNetwork network, string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        using IDisposable mode = no_grad();
        foreach ((string name, Tensor target) in NetworkState.Of(network))
        {
            CheckpointTensor? source = Prefixes
                .Where(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(prefix => file.Find(name[prefix.Length..]))
                .FirstOrDefault(found => found is not null);
            if (source is null)
            {
                if (name.StartsWith("backbone.", StringComparison.Ordinal)
                    && !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                {
                    throw new CheckpointException(path, $"it has no tensor '{name}' of {network.Shape.Name}.");
                }

                continue;
            }

            if (!source.Shape.SequenceEqual(target.shape))
            {
                throw new CheckpointException(
                    path,
                    $"its '{source.Name}' is [{string.Join(", ", source.Shape)}]; {network.Shape.Name} has "
                    + $"[{string.Join(", ", target.shape)}].");
            }

            using Tensor values = tensor(file.ReadSingles(source)).reshape(target.shape);
            target.copy_(values);
        }
    }

    private static bool LastOfBlock(string name, EmbeddingNetwork network) =>
        BlockNorm().Match(name) is { Success: true } match
        && match.Groups[1].Value == (network.Shape is ResNetShape { Block: BlockKind.Bottleneck } ? "3" : "2");

    [GeneratedRegex(@"layer\d\.\d+\.bn(\d)\.weight$")]
    private static partial Regex BlockNorm();
}

using System.Text.RegularExpressions;
using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.Import;

/// <summary>A checkpoint's keys as those of an <see cref="Networks.EmbeddingNetwork"/>.</summary>
/// <remarks>
/// The paper's checkpoints have our keys (<c>backbone.base.*</c>, and the neck's <c>bn.*</c>). Other files hold a bare
/// network: <c>conv1...</c>, perhaps under <c>base.</c> or, where several GPUs trained it, <c>module.</c>
/// </remarks>
internal sealed partial class CheckpointKeys
{
    private const string Trunk = "backbone.base.";
    private const string Neck = "bn.";

    private CheckpointKeys(Dictionary<string, CheckpointTensor> tensors, IReadOnlyList<string> skipped, bool hasNeck) =>
        (Tensors, Skipped, HasNeck) = (tensors, skipped, hasNeck);

    /// <summary>The tensors by the network's keys.</summary>
    public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

    /// <summary>The file's keys that no embedding needs: classifiers, class centers.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Whether the file is of a whole model with neck, as the paper's are.</summary>
    public bool HasNeck { get; }

    /// <exception cref="CheckpointException">Two keys of the file mean the same.</exception>
    public static CheckpointKeys Of(CheckpointFile file)
    {
        bool whole = file.Tensors.Any(tensor => Bare(tensor.Name).StartsWith(Trunk, StringComparison.Ordinal));
        Dictionary<string, CheckpointTensor> tensors = new(StringComparer.Ordinal);
        List<string> skipped = [];
        foreach (CheckpointTensor tensor in file.Tensors)
        {
            string bare = Bare(tensor.Name);
            if (whole ? NotNeeded().IsMatch(bare) : Classifier().IsMatch(bare))
            {
                skipped.Add(tensor.Name);
                continue;
            }

            string key = whole ? bare
                : bare.StartsWith("base.", StringComparison.Ordinal) ? $"backbone.{bare}"
                : $"{Trunk}{bare}";
            if (!tensors.TryAdd(key, tensor))
            {
                throw new CheckpointException(
                    file.Path, $"'{tensors[key].Name}' and '{tensor.Name}' both are '{key}' of the network.");
            }
        }

        return new CheckpointKeys(tensors, skipped, whole);
    }

    /// <summary>A trunk's tensor by its bare key.</summary>
    public CheckpointTensor? Find(string bare) => Tensors.GetValueOrDefault(Trunk + bare);

    /// <summary>Whether a key is the neck's.</summary>
    public static bool IsNeck(string key) => key.StartsWith(Neck, StringComparison.Ordinal);

    private static string Bare(string name) =>
        name.StartsWith("module.", StringComparison.Ordinal) ? name["module.".Length..] : name;

    // In the paper's checkpoints.
    [GeneratedRegex(@"^(center_loss|fc_query)\.")]
    private static partial Regex NotNeeded();

    // In bare networks. An omni-scale network's fc.0 and fc.1 are part of it.
    [GeneratedRegex(@"^(base\.)?((classifier|bottleneck)\.|fc\.(weight|bias)$)")]
    private static partial Regex Classifier();
}

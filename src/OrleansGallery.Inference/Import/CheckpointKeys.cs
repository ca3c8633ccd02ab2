using System.Text.RegularExpressions;
using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.Import;

/// <summary>A checkpoint's keys as those of an <see cref="Networks.EmbeddingNetwork"/>.</summary>
/// <remarks>
/// The paper's checkpoints have our keys (<c>backbone.base.*</c>, and the neck's <c>bn.*</c>). Other files hold a bare
/// network: <c>conv1...</c>, perhaps under <c>base.</c>. Either may stand under what trained it: several GPUs
/// (<c>module.</c>), a compiler (<c>_orig_mod.</c>), a Lightning module (<c>model.</c>, <c>net.</c>), FastReID
/// (<c>backbone.</c>), or several of them. Such a name is taken off only where every key has it.
/// </remarks>
internal sealed partial class CheckpointKeys
{
    private const string Trunk = "backbone.base.";
    private const string Neck = "bn.";

    private static readonly string[] Wrappers = ["module.", "_orig_mod.", "model.", "net.", "backbone."];

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
        string[] names = Unwrap([.. file.Tensors.Select(tensor => tensor.Name)]);
        bool whole = names.Any(IsTrunk);
        Dictionary<string, CheckpointTensor> tensors = new(StringComparer.Ordinal);
        List<string> skipped = [];
        foreach ((string bare, CheckpointTensor tensor) in names.Zip(file.Tensors))
        {
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

    private static bool IsTrunk(string name) => name.StartsWith(Trunk, StringComparison.Ordinal);

    // Our own keys begin with FastReID's name, so a trunk alone is left as it is.
    private static string[] Unwrap(string[] names)
    {
        string[] backbone = [.. names.Where(name => !BesideBackbone().IsMatch(name))];
        string? wrapper = backbone.Length == 0 || backbone.All(IsTrunk)
            ? null
            : Wrappers.FirstOrDefault(
                wrapper => backbone.All(name => name.StartsWith(wrapper, StringComparison.Ordinal)));
        return wrapper is null
            ? names
            : Unwrap([.. names.Select(
                name => name.StartsWith(wrapper, StringComparison.Ordinal) ? name[wrapper.Length..] : name)]);
    }

    // In the paper's checkpoints.
    [GeneratedRegex(@"^(center_loss|fc_query)\.")]
    private static partial Regex NotNeeded();

    // In bare networks. An omni-scale network's fc.0 and fc.1 are part of it.
    [GeneratedRegex(
        @"^(base\.)?((classifier|bottleneck)\.|fc\.(weight|bias)$)"
        + @"|^heads\.(weight$|classifier\.|bottleneck\.|bnneck\.)|^pixel_(mean|std)$")]
    private static partial Regex Classifier();

    // What stands beside a wrapped backbone: the paper's classifiers, FastReID's heads and normalisation.
    [GeneratedRegex(@"^(center_loss|fc_query|heads)\.|^pixel_(mean|std)$")]
    private static partial Regex BesideBackbone();
}

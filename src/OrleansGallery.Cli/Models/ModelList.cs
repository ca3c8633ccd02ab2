using OrleansGallery.Inference;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery model list --json</c> prints.</summary>
internal sealed record ModelList
{
    public required IReadOnlyList<ModelDescription> Models { get; init; }

    /// <summary>The models in the cluster's database; null: none was named.</summary>
    public IReadOnlyList<StoredModel>? Stored { get; init; }
}

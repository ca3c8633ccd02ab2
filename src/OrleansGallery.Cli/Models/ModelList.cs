using OrleansGallery.Inference;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery model list --json</c> prints.</summary>
internal sealed record ModelList
{
    public required IReadOnlyList<ModelDescription> Models { get; init; }
}

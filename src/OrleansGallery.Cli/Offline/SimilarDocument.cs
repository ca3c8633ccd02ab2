using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery similar</c> writes.</summary>
internal sealed record SimilarDocument
{
    /// <summary>The folder that was searched.</summary>
    public required string Gallery { get; init; }

    public required string Distance { get; init; }

    public required bool Normalize { get; init; }

    /// <summary>One ranked list per query.</summary>
    public required IReadOnlyList<SimilarResult> Results { get; init; }
}

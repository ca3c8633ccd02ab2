using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery embed --json</c> prints.</summary>
internal sealed record EmbedSummary
{
    public required string Folder { get; init; }

    public required string Model { get; init; }

    /// <summary>What the model computed with.</summary>
    public required string Precision { get; init; }

    /// <summary>Where the model ran.</summary>
    public required string Device { get; init; }

    /// <summary>Rows written: images, or identities.</summary>
    public required int Vectors { get; init; }

    public required int Dimension { get; init; }

    public required int Images { get; init; }

    /// <summary>Files left out: no images, unreadable, or nobody's.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Folders of identities without an image.</summary>
    public required IReadOnlyList<string> EmptyIdentities { get; init; }
}

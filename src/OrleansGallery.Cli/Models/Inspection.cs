using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery model inspect --json</c> prints.</summary>
internal sealed record Inspection
{
    public required string File { get; init; }

    public required CheckpointFormat Format { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>The network it is for, as far as its content tells.</summary>
    public required string? Architecture { get; init; }

    /// <summary>What keeps it from being imported as that network; null: nothing.</summary>
    public required string? Difference { get; init; }

    /// <summary>Elements of all tensors.</summary>
    public required long Elements { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyList<InspectedTensor> Tensors { get; init; }
}

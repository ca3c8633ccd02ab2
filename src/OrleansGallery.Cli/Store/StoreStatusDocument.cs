using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>The JSON document of <c>gallery store</c>.</summary>
internal sealed record StoreStatusDocument
{
    public required string Database { get; init; }

    public required bool Ready { get; init; }

    public required double ClockOffsetSeconds { get; init; }

    public required IReadOnlyList<SchemaStatus> Schemas { get; init; }

    /// <summary>What <c>gallery store init</c> found; null: it was only looked at.</summary>
    public required IReadOnlyList<SchemaStatus>? Before { get; init; }
}

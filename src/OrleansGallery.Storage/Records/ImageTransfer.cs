namespace OrleansGallery.Storage;

/// <summary>Images that go from one identity to another of the same gallery; their rows are keyed anew where they are.
/// </summary>
public sealed record ImageTransfer
{
    /// <summary>The partition of the identity that has them.</summary>
    public required PartitionKey From { get; init; }

    /// <summary>The identity that has them.</summary>
    public required string FromIdentity { get; init; }

    /// <summary>The partition of the identity that gets them.</summary>
    public required PartitionKey To { get; init; }

    /// <summary>The identity that gets them.</summary>
    public required string ToIdentity { get; init; }

    /// <summary>Which; null: all that the identity has.</summary>
    public required IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>How many they are: where the store finds another number, it refuses.</summary>
    public required long Count { get; init; }
}

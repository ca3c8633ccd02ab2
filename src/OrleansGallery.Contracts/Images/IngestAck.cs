namespace OrleansGallery.Contracts;

/// <summary>The answer to one ingest line, in the order of the lines.</summary>
public sealed record IngestAck
{
    /// <summary>The item's number; for a line that could not be read, its line number.</summary>
    public required long Seq { get; init; }

    /// <summary>What became of the item.</summary>
    public required EnrolStatus Status { get; init; }

    /// <summary>The identity's id, where the line could be read.</summary>
    public string? Identity { get; init; }

    /// <summary>The image's id, given or derived, where it is known.</summary>
    public string? ImageId { get; init; }

    /// <summary>The partition's sequence at which the identity last changed.</summary>
    public long? Version { get; init; }

    /// <summary>The identity's images.</summary>
    public long? Count { get; init; }

    /// <summary>Why the item was not enrolled; null if it was or had been.</summary>
    public ErrorBody? Error { get; init; }
}

namespace OrleansGallery.Abstractions;

/// <summary>What changed in a partition.</summary>
[GenerateSerializer, Immutable, Alias("gallery.ChangesAnswer")]
public sealed record ChangesAnswer
{
    /// <summary>The sequence up to which nothing that was asked for is missing.</summary>
    [Id(0)]
    public required long Through { get; init; }

    /// <summary>The changes in order, each identity as it is now. One that is new is told where it began; if it
    /// changed after <see cref="Through"/>, it is told there again.</summary>
    [Id(1)]
    public required IReadOnlyList<ChangedIdentity> Changes { get; init; }

    /// <summary>Whether removals may be missing: they are not remembered as far back, or the sequence asked for is none
    /// of this partition's, whose identities then come from the beginning.</summary>
    [Id(2)]
    public bool IsReset { get; init; }

    /// <summary>Where the partition stands; as far as <see cref="Through"/>, unless there is more to read.</summary>
    [Id(3)]
    public required long Sequence { get; init; }
}

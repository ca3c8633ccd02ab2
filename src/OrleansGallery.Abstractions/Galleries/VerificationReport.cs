namespace OrleansGallery.Abstractions;

/// <summary>What a verification found: every sum recomputed from the stored images.</summary>
[GenerateSerializer, Immutable, Alias("gallery.VerificationReport")]
public sealed record VerificationReport
{
    /// <summary>Identities whose sums were recomputed.</summary>
    [Id(0)]
    public required long Identities { get; init; }

    /// <summary>Images that were read.</summary>
    [Id(1)]
    public required long Images { get; init; }

    /// <summary>Lower-case hex of the hash of the recomputed sums.</summary>
    [Id(2)]
    public required string Hash { get; init; }

    /// <summary>What differed, at most 100 sentences; empty: nothing.</summary>
    [Id(3)]
    public required IReadOnlyList<string> Differences { get; init; }
}

namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>POST /v1/galleries/{g}:verify</c>: every sum recomputed from the stored images.</summary>
public sealed record VerificationResponse
{
    /// <summary>Whether nothing differed.</summary>
    public required bool Ok { get; init; }

    /// <summary>Identities whose sums were recomputed.</summary>
    public required long Identities { get; init; }

    /// <summary>Images that were read.</summary>
    public required long Images { get; init; }

    /// <summary>The root hash of the recomputed sums.</summary>
    public required string RootHash { get; init; }

    /// <summary>What differed, at most 100 entries, each a sentence with the identity and both hashes.</summary>
    public required IReadOnlyList<string> Differences { get; init; }
}

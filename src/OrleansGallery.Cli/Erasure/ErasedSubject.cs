using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>What became of an identity in one gallery.</summary>
internal sealed record ErasedSubject
{
    /// <summary>The gallery.</summary>
    public required string Gallery { get; init; }

    /// <summary>The receipt; null: there was no such identity, or it failed.</summary>
    public ErasureResponse? Receipt { get; init; }

    /// <summary>Why it failed; null: it did not.</summary>
    public ErrorBody? Failure { get; init; }
}

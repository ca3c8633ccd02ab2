using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Reads the exact sums after everything that was sent before. A commit replaces them and does not change
/// them, so they may be read on.</summary>
internal sealed class SumsOperation : LedgerOperation<(long Version, IdentityCentroid Sums)>
{
    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state) => Task.CompletedTask;

    /// <inheritdoc />
    protected override (long Version, IdentityCentroid Sums) ToAnswer(LedgerOutcome outcome) =>
        (outcome.State.Version, outcome.State.Centroid);
}

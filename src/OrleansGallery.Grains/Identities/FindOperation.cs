using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Looks an image up, after everything that was sent before.</summary>
internal sealed class FindOperation(string imageId, byte[] contentHash) : LedgerOperation<EnrolReceipt?>
{
    private EnrolOutcome? _outcome;

    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        _outcome = draft.Find(imageId, contentHash);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override EnrolReceipt? ToAnswer(LedgerOutcome outcome) => _outcome is { } known
        ? new EnrolReceipt { Outcome = known, Version = outcome.State.Version, Count = outcome.State.Centroid.Count }
        : null;
}

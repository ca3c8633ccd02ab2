using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Removes the images that an observation brought, and remembers that.</summary>
/// <param name="record">The observation, with the time of its undoing.</param>
/// <param name="expires">Until when it is remembered.</param>
internal sealed class UndoObservationOperation(ObservationRecord record, DateTimeOffset expires)
    : LedgerOperation<long>
{
    /// <inheritdoc />
    public override bool IsSingle => true;

    /// <inheritdoc />
    protected override async Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        string[] missing =
        [
            .. record.Images
                .Where(image => draft.Find(image.ImageId, Convert.FromHexString(image.ContentHash))
                    != EnrolOutcome.Duplicate)
                .Select(image => image.ImageId),
        ];
        if (missing.Length > 0)
        {
            throw new ImageNotFoundException(
                $"Identity '{state.IdentityId}' has no image '{missing[0]}' of the observation "
                + $"'{record.ObservationId}' any more: it was removed, moved or replaced. Nothing was undone.");
        }

        foreach (ObservedImage image in record.Images)
        {
            await draft.RemoveAsync(image.ImageId);
        }

        draft.Note(draft.Attributes, ObservationNotes.ToNote(record, new byte[32], expires));
    }

    /// <inheritdoc />
    protected override long ToAnswer(LedgerOutcome outcome) => outcome.State.Centroid.Count;
}

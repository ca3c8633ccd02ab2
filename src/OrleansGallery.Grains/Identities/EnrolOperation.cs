using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>Adds an image.</summary>
internal sealed class EnrolOperation(ImageToEnrol image) : LedgerOperation<EnrolReceipt>
{
    private EnrolOutcome _outcome;

    /// <inheritdoc />
    public override long BytesOf(int dimension) =>
        base.BytesOf(Math.Max(dimension, image.Embedding.Dimension)) + image.Bytes;

    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        _outcome = draft.Enrol(image);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override EnrolReceipt ToAnswer(LedgerOutcome outcome) => new()
    {
        Outcome = _outcome == EnrolOutcome.Searchable && !outcome.IsSearchable ? EnrolOutcome.Stored : _outcome,
        Version = outcome.State.Version,
        Count = outcome.State.Centroid.Count,
    };
}

using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>Removes an image, or all of them.</summary>
/// <param name="imageId">The image; null: the whole identity.</param>
/// <param name="expectedVersion">The only version of which it is removed; null: any.</param>
internal sealed class RemoveOperation(string? imageId, long? expectedVersion = null) : LedgerOperation<RemovalReceipt>
{
    private Hash256 _hashBefore;
    private long _images;

    /// <summary>Whether the identity is gone; known when the operation is answered.</summary>
    public bool IsGone { get; private set; }

    /// <inheritdoc />
    public override bool EndsBatch => imageId is null;

    /// <inheritdoc />
    protected override async Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        _hashBefore = draft.Centroid.ComputeHash(state.IdentityId);
        _images = imageId is null ? draft.Centroid.Count : 1;
        if (imageId is null)
        {
            draft.Delete(expectedVersion);
        }
        else
        {
            await draft.RemoveAsync(imageId);
        }
    }

    /// <inheritdoc />
    protected override RemovalReceipt ToAnswer(LedgerOutcome outcome)
    {
        IsGone = outcome.State.Centroid.Count == 0;
        return new RemovalReceipt
        {
            ImagesRemoved = _images,
            IdentityHash = _hashBefore.ToString(),
            Commit = outcome.Commit!,
        };
    }
}

using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>The common part of all operations: the caller's answer, or the refusal of this operation alone.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal abstract class LedgerOperation<T> : LedgerOperation
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GalleryException? _refusal;

    /// <summary>The caller's answer.</summary>
    public Task<T> Result => _answer.Task;

    /// <inheritdoc />
    public sealed override async Task PlayAsync(IdentityDraft draft, IdentityState state)
    {
        try
        {
            await PlayOntoAsync(draft, state);
        }
        catch (GalleryException refusal)
        {
            _refusal = refusal;
        }
    }

    /// <inheritdoc />
    public sealed override void Answer(LedgerOutcome outcome)
    {
        if (_refusal is not null)
        {
            _answer.TrySetException(_refusal);
        }
        else
        {
            _answer.TrySetResult(ToAnswer(outcome));
        }
    }

    /// <inheritdoc />
    public sealed override void Fail(Exception error) => _answer.TrySetException(_refusal ?? error);

    /// <summary>Plays the operation; throws its refusal.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="state">The identity as the store has it.</param>
    protected abstract Task PlayOntoAsync(IdentityDraft draft, IdentityState state);

    /// <summary>What the caller hears.</summary>
    /// <param name="outcome">What became of the draft.</param>
    /// <returns>The answer.</returns>
    protected abstract T ToAnswer(LedgerOutcome outcome);
}

/// <summary>Adds an image.</summary>
/// <param name="image">The image.</param>
internal sealed class EnrolOperation(ImageToEnrol image) : LedgerOperation<EnrolReceipt>
{
    private EnrolOutcome _outcome;

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

/// <summary>Removes an image, or all of them.</summary>
/// <param name="imageId">The image; null: the whole identity.</param>
internal sealed class RemoveOperation(string? imageId) : LedgerOperation<RemovalReceipt>
{
    private Hash256 _hashBefore;
    private long _images;

    /// <inheritdoc />
    public override bool EndsBatch => imageId is null;

    /// <inheritdoc />
    protected override async Task PlayOntoAsync(IdentityDraft draft, IdentityState state)
    {
        _hashBefore = draft.Centroid.ComputeHash(state.IdentityId);
        _images = imageId is null ? draft.Centroid.Count : 1;
        if (imageId is null)
        {
            draft.Delete();
        }
        else
        {
            await draft.RemoveAsync(imageId);
        }
    }

    /// <inheritdoc />
    protected override RemovalReceipt ToAnswer(LedgerOutcome outcome) => new()
    {
        ImagesRemoved = _images,
        IdentityHash = _hashBefore.ToString(),
        Commit = outcome.Commit!,
    };
}

/// <summary>Reads the identity after everything that was sent before.</summary>
internal sealed class ReadOperation : LedgerOperation<IdentitySnapshot>
{
    /// <inheritdoc />
    protected override Task PlayOntoAsync(IdentityDraft draft, IdentityState state) => Task.CompletedTask;

    /// <inheritdoc />
    protected override IdentitySnapshot ToAnswer(LedgerOutcome outcome) => outcome.State.Describe();
}

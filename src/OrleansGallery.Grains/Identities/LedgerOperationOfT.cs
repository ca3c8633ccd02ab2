using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>The common part of all operations: the caller's answer, or the refusal of this operation alone.</summary>
internal abstract class LedgerOperation<T> : LedgerOperation
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GalleryException? _refusal;

    /// <summary>The caller's answer.</summary>
    public Task<T> Result => _answer.Task;

    /// <inheritdoc />
    public sealed override async Task PlayAsync(IdentityDraft draft, IdentityState state)
    {
        // It may be played again, where something else kept its batch from being committed.
        _refusal = null;
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
    public sealed override void Fail(Exception exception) => _answer.TrySetException(_refusal ?? exception);

    /// <summary>Plays the operation; throws its refusal.</summary>
    protected abstract Task PlayOntoAsync(IdentityDraft draft, IdentityState state);

    /// <summary>What the caller hears.</summary>
    protected abstract T ToAnswer(LedgerOutcome outcome);
}

using System.Diagnostics;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// The order of an identity's changes. Operations that arrive while its last commit runs are collected and committed as
/// one change: one commit in flight, never a speculative sum, and a hot identity needs few commits. After a refusal or
/// an unknown outcome it drops what it believes and loads anew. Not thread-safe: it runs on its grain's turns.
/// </summary>
internal sealed class IdentityLedger(string identityId, IIdentityHome home)
{
    /// <summary>The most operations in one change; keeps a commit small enough to be written at once.</summary>
    internal const int MaxBatch = 256;

    /// <summary>The most bytes in one change, so that it fits into a message where its partition is on another silo.
    /// One operation that is larger goes alone.</summary>
    internal const int MaxBatchBytes = 3 * 1024 * 1024;

    /// <summary>The most operations in line.</summary>
    internal const int MaxWaiting = 4096;

    /// <summary>The most bytes in line: images' files may be kept with them. One operation that is larger waits
    /// alone.</summary>
    internal const long MaxWaitingBytes = 64 * 1024 * 1024;

    // How often a change is made anew without what was erased meanwhile.
    private const int Attempts = 4;

    private readonly Queue<LedgerOperation> _waiting = new();
    private IdentityState? _state;
    private long _waitingBytes;
    private bool _running;
    private bool _isOutdated;

    /// <summary>Puts an operation in line.</summary>
    /// <exception cref="OverloadedException">The line is full; nothing was done.</exception>
    public Task<T> RunAsync<T>(LedgerOperation<T> operation)
    {
        if (_waiting.Count >= MaxWaiting)
        {
            throw new OverloadedException(
                $"{_waiting.Count} operations of identity '{identityId}' wait, as many as may; send it again.");
        }

        long bytes = operation.BytesOf(dimension: 0);
        if (_waiting.Count > 0 && _waitingBytes + bytes > MaxWaitingBytes)
        {
            throw new OverloadedException(
                $"{_waiting.Count} operations of identity '{identityId}' wait, with {_waitingBytes} bytes; at most "
                + $"{MaxWaitingBytes} may; send it again.");
        }

        _waiting.Enqueue(operation);
        _waitingBytes += bytes;
        if (!_running)
        {
            _running = true;
            _ = DrainAsync();
        }

        return operation.Result;
    }

    /// <summary>Somebody else changed the identity: it is read anew, after what is under way, which may have read it
    /// before.</summary>
    public void Forget()
    {
        _isOutdated = true;
        if (!_running)
        {
            DropOutdated();
        }
    }

    private async Task DrainAsync()
    {
        List<LedgerOperation> batch = [];
        try
        {
            while (_waiting.Count > 0)
            {
                TakeBatch(batch);
                await CommitAsync(batch);
                DropOutdated();
            }
        }
        finally
        {
            _running = false;
        }
    }

    private void DropOutdated()
    {
        if (_isOutdated)
        {
            (_state, _isOutdated) = (null, false);
        }
    }

    private void TakeBatch(List<LedgerOperation> batch)
    {
        batch.Clear();
        int dimension = _state?.Dimension ?? 0;
        long bytes = 0;
        do
        {
            batch.Add(_waiting.Dequeue());
            _waitingBytes -= batch[^1].BytesOf(dimension: 0);
            bytes += batch[^1].BytesOf(dimension);
        }
        while (_waiting.TryPeek(out LedgerOperation? next) && batch.Count < MaxBatch && !batch[^1].EndsBatch
            && !batch[^1].IsSingle && !next.IsSingle && bytes + next.BytesOf(dimension) <= MaxBatchBytes);
    }

    private async Task CommitAsync(List<LedgerOperation> batch)
    {
        LedgerOutcome outcome;
        try
        {
            _state ??= await home.LoadAsync();
            outcome = await CommitAsync(_state, batch);
            _state = batch[0].IsAlone ? null : _state;
        }
#pragma warning disable CA1031 // Every caller of the batch hears of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _state = null;
            batch.ForEach(operation => operation.Fail(exception));
            return;
        }

        batch.ForEach(operation => operation.Answer(outcome));
    }

    // Which contents were erased is asked once the store has refused one: then only its own operation is refused.
    private async Task<LedgerOutcome> CommitAsync(IdentityState state, List<LedgerOperation> batch)
    {
        IReadOnlyList<ErasedContent> erased = [];
        for (int attempt = 1; ; attempt++)
        {
            IdentityDraft draft = new(state, home.ReadEmbeddingAsync, erased);
            long started = Stopwatch.GetTimestamp();
            foreach (LedgerOperation operation in batch)
            {
                await operation.PlayAsync(draft, state);
            }

            if (draft.HasChanged)
            {
                home.OnFolded(started);
            }

            try
            {
                return batch[0].IsAlone
                    ? new LedgerOutcome(state, null, true)
                    : await CommitAsync(state, draft);
            }
            catch (ImageErasedException exception)
            {
                if (attempt == Attempts)
                {
                    throw new RetryException(
                        $"Images were erased {Attempts} times while identity '{identityId}' was to get some; send it "
                        + $"again. {exception.Message}") { NothingWritten = true };
                }

                erased = await home.FindErasedAsync(draft.AddedContents);
            }
        }
    }

    private async Task<LedgerOutcome> CommitAsync(IdentityState state, IdentityDraft draft)
    {
        if (!draft.HasChanged)
        {
            await home.ConfirmAsync(state.Version);
            return new LedgerOutcome(state, null, true);
        }

        IdentityChange change = draft.ToChange();
        CommitReceipt receipt = await home.CommitAsync(change);
        state.Apply(change, draft, receipt.Sequence);
        return new LedgerOutcome(state, receipt, change.Centroid is not null);
    }
}

using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <content>Operations over two identities, and erasures.</content>
internal sealed partial class PartitionGrain
{
    private readonly Dictionary<Guid, Loan> _loans = [];
    private readonly EndedLoans _ended = new(committing.Value.LoanTime, time);

    /// <inheritdoc />
    public async Task<LentShare> LendAsync(LoanRequest request)
    {
        // Before, not after: whoever commits it does not ask here again before he answers.
        await UntilFirstAckAsync();
        RequireFree(request.Change);
        _ended.RequireNot(request.Token);
        Loan loan = new(request.Token);
        Task<CommitReceipt> verdict = committer.CommitAsync(_partition, request.Change, loan);
        _loans.Add(loan.Token, loan);
        _undecided.Add(request.Change.IdentityId, verdict);
        _ = EndAsync(loan, request.Change.IdentityId, verdict);
        if (await Task.WhenAny(loan.Granted, verdict) == verdict)
        {
            await verdict;
        }

        LentShare share = await loan.Granted;

        // One that was loaded while the store took no writes has only been taken now.
        await UntilFirstAckAsync();
        return share;
    }

    /// <inheritdoc />
    public async Task ConcludeAsync(Guid token, LoanEnd ending)
    {
        if (!_loans.TryGetValue(token, out Loan? loan))
        {
            _ended.Add(token);
            return;
        }

        loan.Conclude(ending);
        await loan.Ended.Task;
    }

    /// <inheritdoc />
    public async Task<OperationReceipt> CommitJointAsync(JointChange change)
    {
        JointOrder order = new(change, _gallery.Partitions, time.GetUtcNow() + committing.Value.KeepOperations);
        await CommitAsync(order);
        return order.Receipt;
    }

    /// <inheritdoc />
    public async Task<ErasureReceipt> EraseAsync(ErasureChange change)
    {
        ErasureOrder order = new(change, time.GetUtcNow(), committing.Value);
        await CommitAsync(order);
        return order.Receipt;
    }

    private async Task CommitAsync(OperationOrder order)
    {
        foreach (IdentityChange change in order.Changes)
        {
            RequireFree(change);
        }

        Task<CommitReceipt> verdict = committer.CommitAsync(_partition, order.Changes[0], order);
        foreach (IdentityChange change in order.Changes)
        {
            _undecided.Add(change.IdentityId, verdict);
        }

        try
        {
            await verdict;
            await UntilFirstAckAsync();
        }
        finally
        {
            foreach (IdentityChange change in order.Changes)
            {
                _undecided.Remove(change.IdentityId);
            }
        }
    }

    private async Task EndAsync(Loan loan, string identityId, Task verdict)
    {
        await verdict.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _undecided.Remove(identityId);
        _loans.Remove(loan.Token);
        loan.Ended.TrySetResult();
    }

    private void RequireFree(IdentityChange change)
    {
        RequireHeld();
        if (_undecided.ContainsKey(change.IdentityId))
        {
            throw new RetryException($"A change of identity '{change.IdentityId}' is under way.")
            {
                NothingWritten = true,
            };
        }

        RequireVersion(change.IdentityId, change.ExpectedVersion);
        _partition.Touch(time);
    }
}

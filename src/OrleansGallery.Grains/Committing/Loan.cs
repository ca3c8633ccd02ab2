using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>A partition that is lent to another one's commit.</summary>
/// <param name="token">The commit's token.</param>
internal sealed class Loan(Guid token) : JointStep
{
    private readonly TaskCompletionSource<LentShare> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<LoanEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The commit's token.</summary>
    public Guid Token => token;

    /// <summary>Set when nothing of it is under way any more.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The share, once the partition's own commits have stopped.</summary>
    public Task<LentShare> Granted => _granted.Task;

    /// <summary>The partition's own commits have stopped.</summary>
    public void Grant(LentShare share) => _granted.TrySetResult(share);

    /// <summary>The commit has ended.</summary>
    /// <param name="end">What is known of it.</param>
    public void Conclude(LoanEnd end) => _end.TrySetResult(end);

    /// <summary>Waits for the end.</summary>
    /// <returns>What is known of the commit; nothing, where nothing was heard.</returns>
    public async Task<LoanEnd> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await _end.Task.WaitAsync(limit, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return LoanEnd.Unknown;
        }
    }
}

using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <content>What changed, for those who follow a gallery.</content>
internal sealed partial class PartitionGrain
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task<ChangesAnswer> ReadChangesAsync(ChangesRequest request, CancellationToken cancellationToken)
    {
        RequireHeld();
        LocalPartition partition = _partition;
        partition.Touch(time);
        long sequence = partition.Sequence;
        if (request.After == ChangesRequest.Now)
        {
            return new ChangesAnswer { Through = sequence, Sequence = sequence, Changes = [] };
        }

        if (request.After == sequence)
        {
            await partition.NextChangeAsync(sequence)
                .WaitAsync(request.Wait < MaxWait ? request.Wait : MaxWait, time, cancellationToken)
                .ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            RequireHeld();
        }

        // Read where another owner committed it; or the store has lost its last commits.
        bool isAhead = request.After > partition.Sequence;
        if (isAhead && await store.ReadPartitionAsync(partition.Key, cancellationToken) is { } state
            && state.Position.Sequence >= request.After)
        {
            throw new RetryException(
                $"Partition {partition.Key.Partition} stands at {state.Position.Sequence}, and here still at "
                + $"{partition.Sequence}.");
        }

        return await changes.ReadAsync(partition, request, isAhead, cancellationToken);
    }
}

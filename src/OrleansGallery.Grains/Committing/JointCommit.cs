using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Commits of operations, and the two halves of one over two identities. There, the partition with the lower number is
/// lent: it stops its own commits and says where it stands. The other one writes both in one transaction of the store.
/// Whoever does not hear how that ended takes its partition anew, which keeps the transaction out if it has not
/// happened, and finds its token if it has; as it is one transaction, both find the same. Nobody waits for a partition
/// with a lower number, so that no two operations wait for each other.
/// </summary>
internal sealed partial class JointCommit(
    IGalleryStore store, OutcomeSearch outcomes, CommitTimer timer, StoreHealth health, ILogger logger)
{
    /// <summary>Carries a step out.</summary>
    /// <param name="share">The partition's share.</param>
    /// <param name="step">The step.</param>
    /// <returns>When the partition is lent, or the store has answered.</returns>
    public Task RunAsync(CommitShare share, JointStep step)
    {
        if (step is OperationOrder order)
        {
            return CommitAsync(share, order);
        }

        Loan loan = (Loan)step;
        outcomes.BeginLoan(share, loan);
        loan.Grant(ToLent(share.Draft.ToWrite(loan.Token)));
        return Task.CompletedTask;
    }

    private static LentShare ToLent(PartitionWrite write) => new()
    {
        Partition = write.Held.Key.Partition,
        Owner = write.Held.Owner,
        Epoch = write.Held.Epoch,
        Sequence = write.Sequence,
        Identities = write.Totals.Identities,
        Images = write.Totals.Images,
        Rows = write.Totals.Rows,
        Hash = write.Totals.Hash.ToByteArray(),
    };

    private async Task CommitAsync(CommitShare share, OperationOrder order)
    {
        bool written;
        try
        {
            written = await timer.RunAsync(
                order.Changes.Count, () => order.WriteAsync(store, share.Draft), answer => answer);
        }
        catch (StoreDataException exception)
        {
            Log.DataRefused(logger, order.OperationId, exception);
            share.Refuse(new InvalidRequestException(exception.Message));
            return;
        }
        catch (StoreAwayException exception) when (!exception.IsOutcomeUnknown)
        {
            share.Refuse(health.OnFailed(exception));
            return;
        }
#pragma warning disable CA1031 // Whatever else goes wrong, the outcome is unknown and must be found out.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.OutcomeUnknown(logger, order.OperationId, exception);
            outcomes.Begin(share, order.Token, exception);
            return;
        }

        if (!written)
        {
            // Which of the two it was the store does not say.
            outcomes.Begin(share, order.Token, new RetryException(
                "One of the operation's partitions has a new owner, or went on."));
            return;
        }

        health.OnWritten();
        if (outcomes.TryPublish(share))
        {
            share.Accept();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The outcome of operation {OperationId} is unknown; finding out")]
        public static partial void OutcomeUnknown(ILogger logger, string operationId, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The store refused operation {OperationId}")]
        public static partial void DataRefused(ILogger logger, string operationId, Exception exception);
    }
}

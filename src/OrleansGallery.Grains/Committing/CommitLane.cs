using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Writes the changes of some of the silo's partitions. It takes whatever queued while the last transaction ran, and
/// writes it in one transaction: no timer, no linger. One transaction at a time, so each partition has one commit in
/// flight.
/// </summary>
internal sealed partial class CommitLane : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ChangeTicket> _queue = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CommitterOptions _options;
    private readonly GroupCommit _commit;
    private readonly OutcomeSearch _outcomes;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private int _undecided;
    private long _undecidedBytes;
    private bool _stopped;

    public CommitLane(IGalleryStore store, CommitterOptions options, TimeSpan lease, StoreHealth health,
        GrainsInstruments instruments, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _options = options;
        _outcomes = new OutcomeSearch(store, _options, health, time, logger, Resume, _stopping.Token);
        CommitTimer timer = new(instruments, time);
        _commit = new GroupCommit(
            store, _outcomes, new JointCommit(store, _outcomes, timer, health, logger), timer, health, instruments,
            lease, time, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Changes that wait.</summary>
    public int Queued
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Commits one identity's change.</summary>
    /// <param name="partition">Its partition, held by this silo.</param>
    /// <param name="change">The change; no other of this identity may be under way.</param>
    /// <param name="joint">What is to be done where it is part of an operation over two identities.</param>
    /// <returns>The receipt, when the change is durable and its row is published.</returns>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="RetryException">The partition has a new owner, or the outcome is unknown.</exception>
    /// <exception cref="StorageException">The store takes no writes; nothing was written.</exception>
    public Task<CommitReceipt> CommitAsync(LocalPartition partition, IdentityChange change, JointStep? joint = null)
    {
        ChangeTicket ticket = new(partition, change, joint);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_undecided >= _options.MaxQueuedChanges
                || (_undecided > 0 && _undecidedBytes + ticket.Bytes > _options.MaxQueuedBytes))
            {
                throw new OverloadedException(
                    $"{_undecided} changes ({_undecidedBytes} bytes) wait for the store, as many as may "
                    + $"({CommitterOptions.Section}:{nameof(CommitterOptions.MaxQueuedChanges)}, "
                    + $"{nameof(CommitterOptions.MaxQueuedBytes)}); nothing was written, send it again.");
            }

            _undecided++;
            _undecidedBytes += ticket.Bytes;
            Enqueue(ticket);
        }

        // Counted until then, wherever it waits.
        ticket.Verdict.ContinueWith(
            _ => Forget(ticket), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return ticket.Verdict;
    }

    /// <summary>Commits what is queued, then ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
        }

        _stopping.Cancel();
        _work.Release();
        _loop.GetAwaiter().GetResult();
        _outcomes.WhenDoneAsync().GetAwaiter().GetResult();
        _outcomes.Dispose();
        _stopping.Dispose();
        _work.Dispose();
    }

    private void Forget(ChangeTicket ticket)
    {
        lock (_gate)
        {
            _undecided--;
            _undecidedBytes -= ticket.Bytes;
        }
    }

    // Changes that waited for an outcome; they have been let in before.
    private void Resume(IReadOnlyList<ChangeTicket> tickets)
    {
        lock (_gate)
        {
            foreach (ChangeTicket ticket in tickets)
            {
                if (_stopped)
                {
                    ticket.Refuse(new RetryException("The silo stops; nothing was written.")
                    {
                        NothingWritten = true,
                    });
                }
                else
                {
                    Enqueue(ticket);
                }
            }
        }
    }

    // With the gate held.
    private void Enqueue(ChangeTicket ticket)
    {
        _queue.Enqueue(ticket);
        if (_queue.Count == 1)
        {
            _work.Release();
        }
    }

    private async Task RunAsync()
    {
        List<ChangeTicket> group = [];
        while (true)
        {
            await _work.WaitAsync().ConfigureAwait(false);
            while (TryTake(group))
            {
                await CommitAsync(group).ConfigureAwait(false);
                group.Clear();
            }

            lock (_gate)
            {
                if (_stopped && _queue.Count == 0)
                {
                    return;
                }
            }
        }
    }

    // A defect must neither end this loop nor leave a partition whose rows may not be what the store has: the
    // partitions are given up, and loaded anew by their next activation.
    private async Task CommitAsync(List<ChangeTicket> group)
    {
        try
        {
            await _commit.CommitAsync(group).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.CommitFailed(_logger, group.Count, exception);
            RetryException unknown = new($"The outcome of the commit is unknown: {exception.Message}");
            foreach (ChangeTicket ticket in group)
            {
                ticket.Partition.GiveUp("Its partition is given up here; nothing was written.");
                ticket.Refuse(unknown);
            }
        }
    }

    // The changes that queued up, to a bound of the group; one that is larger goes alone, and so does an operation.
    private bool TryTake(List<ChangeTicket> group)
    {
        long bytes = 0;
        lock (_gate)
        {
            while (_queue.TryPeek(out ChangeTicket? next) && group.Count < _options.MaxGroupChanges
                && (group.Count == 0 || (bytes + next.Bytes <= _options.MaxGroupBytes
                    && next.Joint is null && group[^1].Joint is null)))
            {
                group.Add(_queue.Dequeue());
                bytes += next.Bytes;
            }
        }

        return group.Count > 0;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "A commit of {Changes} changes failed; its partitions will be loaded anew")]
        public static partial void CommitFailed(ILogger logger, int changes, Exception exception);
    }
}

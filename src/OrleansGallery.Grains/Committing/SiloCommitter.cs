using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// The silo's one writer to the store, on a thread of its own. It takes whatever queued while the last transaction ran,
/// from all local partitions, and writes it in one transaction: no timer, no linger. Its callers bound the queue: an
/// identity has one change in flight. Every other write of the process (a partition taken, a gallery created) goes
/// through the same thread, in order.
/// </summary>
internal sealed partial class SiloCommitter : IDisposable
{
    private const int PurgedRows = 500;

    private readonly Lock _gate = new();
    private readonly Queue<QueuedWrite> _queue = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CommitterOptions _options;
    private readonly IGalleryStore _store;
    private readonly GroupCommit _commit;
    private readonly StoreHealth _health;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private bool _stopped;
    private bool _purgeIsDue;

    public SiloCommitter(IGalleryStore store, IOptions<CommitterOptions> options, StoreHealth health,
        GrainsInstruments instruments, TimeProvider time, ILogger<SiloCommitter> logger)
    {
        _store = store;
        _health = health;
        _logger = logger;
        _options = options.Value;
        _commit = new GroupCommit(store, _options, health, instruments, time, logger, _stopping.Token);
        _thread = new Thread(Run) { Name = "gallery-committer", IsBackground = true };
        _thread.Start();
        PurgeDeleted();
    }

    /// <summary>Whether the store took the last write.</summary>
    public bool CanWrite => _health.Failure is null;

    /// <summary>Commits one identity's change.</summary>
    /// <param name="partition">Its partition, owned by this silo.</param>
    /// <param name="change">The change; no other of this identity may be under way.</param>
    /// <returns>The receipt, when the change is durable and its row is published.</returns>
    /// <exception cref="RetryException">The partition has a new owner, or the outcome is unknown.</exception>
    /// <exception cref="StorageException">The store takes no writes; nothing was written.</exception>
    public Task<CommitReceipt> CommitAsync(LocalPartition partition, IdentityChange change)
    {
        ChangeTicket ticket = new(partition, change);
        Enqueue(ticket);
        return ticket.Verdict;
    }

    /// <summary>Runs another write on the committer's thread.</summary>
    /// <exception cref="StorageException">The store takes no writes.</exception>
    public Task<T> RunAsync<T>(Func<IGalleryStore, T> write)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new Action(() =>
        {
            try
            {
                result.TrySetResult(write(_store));
            }
            catch (StoreException exception)
            {
                result.TrySetException(_health.OnFailed(exception));
            }
#pragma warning disable CA1031 // The caller gets it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                result.TrySetException(exception);
            }
        }));
        return result.Task;
    }

    /// <summary>
    /// Removes what deleted galleries held, a little at a time, behind whatever queues meanwhile. Also run at the
    /// start, for what an earlier process left, and when the store is well again.
    /// </summary>
    public void PurgeDeleted() => Enqueue(new Action(() =>
    {
        try
        {
            _purgeIsDue = false;
            if (_store.PurgeDeleted(PurgedRows) && !_stopped)
            {
                PurgeDeleted();
            }
        }
        catch (StoreException exception)
        {
            // What is damaged stays so: trying again would only say by turns that the store is well and that it is not.
            _purgeIsDue = exception is not StoreDamagedException;
            _health.OnFailed(exception);
        }
#pragma warning disable CA1031 // Nobody waits for it; the next start goes on with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.PurgeFailed(_logger, exception);
        }
    }));

    /// <summary>Commits what is queued, then ends the thread.</summary>
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
        _thread.Join();
        _stopping.Dispose();
        _work.Dispose();
    }

    private void Enqueue(ChangeTicket change) => Enqueue(new QueuedWrite(change, null));

    private void Enqueue(Action other) => Enqueue(new QueuedWrite(null, other));

    private void Enqueue(QueuedWrite work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            _queue.Enqueue(work);
            if (_queue.Count == 1)
            {
                _work.Release();
            }
        }
    }

    private void Run()
    {
        List<ChangeTicket> group = [];
        while (true)
        {
            if (!_work.Wait(CanWrite ? Timeout.InfiniteTimeSpan : _options.ProbeInterval))
            {
                Probe();
            }

            while (TryTake(group, out Action? other))
            {
                if (other is not null)
                {
                    other();
                }
                else
                {
                    Commit(group);
                    group.Clear();
                }
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

    // Nobody may be writing; a service that is well again has to say so all the same.
    private void Probe()
    {
        try
        {
            _store.CheckWritable();
            _health.OnWritten();
            if (_purgeIsDue)
            {
                PurgeDeleted();
            }
        }
        catch (StoreException exception)
        {
            _health.OnFailed(exception);
        }
#pragma warning disable CA1031 // The next try may do better; nobody waits for this one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.ProbeFailed(_logger, exception);
        }
    }

    // A defect must neither end this thread nor leave a partition whose rows may not be what the store has: the
    // partitions are given up, and loaded anew by their next activation.
    private void Commit(List<ChangeTicket> group)
    {
        try
        {
            _commit.Commit(group);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.CommitFailed(_logger, group.Count, exception);
            foreach (ChangeTicket ticket in group)
            {
                ticket.Partition.MarkLost();
                ticket.Refuse(new RetryException($"The outcome of the commit is unknown: {exception.Message}"));
            }
        }
    }

    // Either one other write, or the changes that queued up to the next other write or to a bound of the group.
    private bool TryTake(List<ChangeTicket> group, out Action? other)
    {
        other = null;
        long bytes = 0;
        lock (_gate)
        {
            while (_queue.TryPeek(out QueuedWrite next) && group.Count < _options.MaxGroupChanges)
            {
                if (next.Change is { } ticket && (group.Count == 0 || bytes + ticket.Bytes <= _options.MaxGroupBytes))
                {
                    group.Add(ticket);
                    bytes += ticket.Bytes;
                    _queue.Dequeue();
                    continue;
                }

                if (group.Count == 0)
                {
                    other = _queue.Dequeue().Other;
                }

                break;
            }
        }

        return group.Count > 0 || other is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "A commit of {Changes} changes failed; its partitions will be loaded anew")]
        public static partial void CommitFailed(ILogger logger, int changes, Exception exception);

        [LoggerMessage(LogLevel.Warning, "The store could not be tried")]
        public static partial void ProbeFailed(ILogger logger, Exception exception);

        [LoggerMessage(
            LogLevel.Warning, "What deleted galleries held could not be removed; the next start tries again")]
        public static partial void PurgeFailed(ILogger logger, Exception exception);
    }
}

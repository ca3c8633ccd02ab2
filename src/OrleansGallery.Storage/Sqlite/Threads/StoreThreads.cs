namespace OrleansGallery.Storage;

/// <summary>
/// A few threads, each with what it works on, and one bounded queue before them. Microsoft.Data.Sqlite's asynchronous
/// methods block, and the thread pool is for what does not.
/// </summary>
/// <typeparam name="TWorker">What a thread works on; one thread at a time.</typeparam>
internal sealed class StoreThreads<TWorker> : IDisposable
    where TWorker : IDisposable
{
    // More than the partitions of a gallery, which may all be taken or loaded at once.
    private const int DefaultCapacity = 16 * 1024;

    private readonly object _gate = new();
    private readonly Queue<IStoreJob<TWorker>> _queue = [];
    private readonly string _name;
    private readonly int _capacity;
    private readonly Thread[] _threads;
    private bool _closed;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">What they do, for their names and messages.</param>
    /// <param name="workers">What they work on, a thread for each; disposed of with them.</param>
    /// <param name="capacity">How much work may wait.</param>
    public StoreThreads(string name, IEnumerable<TWorker> workers, int capacity = DefaultCapacity)
    {
        _name = name;
        _capacity = capacity;
        _threads = [.. workers.Select((worker, number) => new Thread(() => Work(worker))
        {
            Name = $"gallery-{name}-{number}",
            IsBackground = true,
        })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Lets a thread do something.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels it at once while it waits.</param>
    /// <returns>Its result.</returns>
    public Task<T> RunAsync<T>(Func<TWorker, T> work, CancellationToken cancellationToken)
    {
        StoreJob<TWorker, T> job = new(work, cancellationToken);
        if (Refusal(job) is { } reason)
        {
            job.Refuse(reason);
        }

        return job.Result;
    }

    /// <summary>Ends after what has begun; what waits is refused.</summary>
    public void Dispose()
    {
        IStoreJob<TWorker>[] left;
        lock (_gate)
        {
            _closed = true;
            left = [.. _queue];
            _queue.Clear();
            Monitor.PulseAll(_gate);
        }

        Array.ForEach(left, job => job.Refuse(Closed()));

        // A read's callback may close the store; its own thread ends after it.
        Array.ForEach([.. _threads.Where(thread => thread != Thread.CurrentThread)], thread => thread.Join());
    }

    private static ObjectDisposedException Closed() => new(nameof(IGalleryStore), "The store is closed.");

    private Exception? Refusal(IStoreJob<TWorker> job)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return Closed();
            }

            if (_queue.Count >= _capacity)
            {
                return new StoreAwayException(
                    StoreAwayReason.Unreachable, $"The store is busy: {_queue.Count} jobs wait for its {_name}.");
            }

            _queue.Enqueue(job);
            Monitor.Pulse(_gate);
            return null;
        }
    }

    private void Work(TWorker worker)
    {
        using (worker)
        {
            while (Next() is { } job)
            {
                job.Run(worker);
            }
        }
    }

    private IStoreJob<TWorker>? Next()
    {
        lock (_gate)
        {
            while (_queue.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            return _queue.TryDequeue(out IStoreJob<TWorker>? job) ? job : null;
        }
    }
}

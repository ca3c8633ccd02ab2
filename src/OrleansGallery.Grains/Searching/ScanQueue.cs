using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>
/// Keeps scans from taking more threads than the machine has: a scan that finds the silo idle gets all cores, one that
/// finds it busy gets one, and what exceeds the cores waits in line. When a core is free, the oldest request in line
/// and all others there that want the same partitions are scanned as one. Bulk requests have a line of their own: a few
/// of them at a time, while nobody else wants a core, or when they have waited for long and the others have had a core
/// for as long as the last scan in bulk.
/// </summary>
internal sealed class ScanQueue(
    PartitionScanner scanner, int cores, TimeProvider time, GrainsInstruments? instruments = null)
{
    /// <summary>The most requests in line; each holds a query, and what comes last would wait longest.</summary>
    internal const int MaxWaiting = 4096;

    // A core that a request frees is not taken for longer than a few scans by what nobody waits for.
    internal const int MaxBulkBatch = 32;

    private static readonly TimeSpan BulkPatience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<ScanTicket> _waiting = new();
    private readonly LinkedList<ScanTicket> _bulk = new();
    private bool _bulkRuns;
    private long _bulkBegan;
    private long? _bulkEnded;
    private TimeSpan _bulkPause = BulkPatience;
    private int _running;

    /// <summary>A queue for this machine.</summary>
    public ScanQueue(PartitionScanner scanner, TimeProvider time, GrainsInstruments instruments)
        : this(scanner, Environment.ProcessorCount, time, instruments)
    {
    }

    /// <summary>Whether a scan runs or waits.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _running > 0;
            }
        }
    }

    /// <summary>Requests in line, but for those in bulk.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Called with the number of its requests before a scan, on its thread; for tests.</summary>
    internal Action<int>? BeforeScan { get; set; }

    /// <summary>Called with every request that comes in; for tests.</summary>
    internal Action<SiloScanRequest>? OnRequest { get; set; }

    /// <summary>Puts a request in line.</summary>
    /// <param name="request">What to scan.</param>
    /// <param name="deadline">Ends its scan with what it has.</param>
    /// <returns>The answer; cut where the deadline came first.</returns>
    /// <exception cref="OverloadedException">The line is full.</exception>
    public Task<SiloScanAnswer> ScanAsync(SiloScanRequest request, CancellationToken deadline)
    {
        OnRequest?.Invoke(request);
        ScanTicket ticket = new(request, time.GetTimestamp(), deadline);
        lock (_gate)
        {
            LinkedList<ScanTicket> line = request.IsBulk ? _bulk : _waiting;
            if (line.Count >= MaxWaiting)
            {
                throw new OverloadedException(
                    $"{line.Count} searches wait on this silo, as many as may; send it again in a moment.");
            }

            line.AddLast(ticket);
            StartNext();
        }

        return ticket.Answer;
    }

    // With the gate held.
    private void StartNext()
    {
        while (_running < cores && NextLine() is { } line)
        {
            bool isBulk = line == _bulk;
            ScanTicket[] batch = TakeBatch(line, isBulk ? MaxBulkBatch : TableScanner.MaxBatch);
            if (isBulk)
            {
                (_bulkRuns, _bulkBegan) = (true, time.GetTimestamp());
            }

            int threads = _running++ == 0 ? cores : 1;
            _ = Task.Run(() => Run(batch, threads));
        }
    }

    private LinkedList<ScanTicket>? NextLine()
    {
        ScanTicket? bulk = _bulkRuns ? null : _bulk.First?.Value;
        bool isDue = bulk is not null && time.GetElapsedTime(bulk.Queued) >= BulkPatience
            && (_bulkEnded is not { } ended || time.GetElapsedTime(ended) >= _bulkPause);
        return _waiting.First is not null && !isDue ? _waiting
            : bulk is not null && (isDue || _running == 0) ? _bulk
            : null;
    }

    // One whose time is over is answered alone, with nothing.
    private static ScanTicket[] TakeBatch(LinkedList<ScanTicket> line, int most)
    {
        ScanTicket oldest = line.First!.Value;
        line.RemoveFirst();
        List<ScanTicket> batch = [oldest];
        LinkedListNode<ScanTicket>? next = oldest.Deadline.IsCancellationRequested ? null : line.First;
        while (next is not null && batch.Count < most)
        {
            LinkedListNode<ScanTicket> node = next;
            next = node.Next;
            if (!node.Value.Deadline.IsCancellationRequested && node.Value.CanShareWith(oldest))
            {
                line.Remove(node);
                batch.Add(node.Value);
            }
        }

        return [.. batch];
    }

    private void Run(ScanTicket[] batch, int threads)
    {
        SiloScanAnswer[] answers;
        long started = time.GetTimestamp();
        foreach (ScanTicket ticket in batch.Where(ticket => !ticket.Request.IsBulk))
        {
            instruments?.OnScanBegins(ticket.Queued);
        }

        try
        {
            answers = Scan(batch, threads);
            instruments?.OnScanned(batch.Length, started);
        }
#pragma warning disable CA1031 // The callers get it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Finish(batch[0]);
            Array.ForEach(batch, ticket => ticket.Refuse(exception));
            return;
        }

        Finish(batch[0]);
        for (int i = 0; i < batch.Length; i++)
        {
            batch[i].Accept(answers[i]);
        }
    }

    // A request whose time is over is answered with nothing while the scan goes on for the others: were it ended, and
    // begun anew for them, a silo with a backlog would begin scans and end none.
    private SiloScanAnswer[] Scan(ScanTicket[] batch, int threads)
    {
        BeforeScan?.Invoke(batch.Length);
        using CancellationTokenSource allOver = new();
        int left = batch.Length;
        CancellationTokenRegistration[] over = Array.ConvertAll(batch, ticket => ticket.Deadline.Register(() =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                allOver.Cancel();
            }
            else
            {
                ticket.Accept(SiloScanAnswer.Nothing);
            }
        }));
        try
        {
            SiloScanRequest request = batch[0].Request;
            return scanner.Scan(
                request.Gallery, request.Partitions, Array.ConvertAll(batch, ticket => ticket.Query), threads,
                allOver.Token);
        }
        finally
        {
            Array.ForEach(over, registration => registration.Dispose());
        }
    }

    // The core is free before the callers hear.
    private void Finish(ScanTicket first)
    {
        lock (_gate)
        {
            _running--;
            if (first.Request.IsBulk)
            {
                (_bulkRuns, _bulkEnded) = (false, time.GetTimestamp());
                TimeSpan length = time.GetElapsedTime(_bulkBegan);
                _bulkPause = length > BulkPatience ? length : BulkPatience;
            }

            StartNext();
        }
    }
}

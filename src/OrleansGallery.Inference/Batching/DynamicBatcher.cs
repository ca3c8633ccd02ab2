using System.ComponentModel.DataAnnotations;
using OrleansGallery.Imaging;

namespace OrleansGallery.Inference.Batching;

/// <summary>
/// Gathers single images into batches for a model, which runs on a thread of its own (Torch's scopes and modes belong
/// to a thread), or on several where its device wants the next batch before it has answered the last. Interactive
/// images go before bulk ones, which keep at least an eighth of the places. Both lanes are bounded; an image cancelled
/// while it waits is never embedded; one that the model cannot embed fails alone.
/// </summary>
public sealed class DynamicBatcher : IAsyncDisposable
{
    // One place in so many is kept for bulk images while any wait, so that searches cannot stop an enrolment for ever.
    private const int BulkShare = 8;

    private readonly object _gate = new();
    private readonly int _maxBatch;
    private readonly int _capacity;
    private readonly TimeSpan _delay;
    private readonly TimeProvider _time;
    private readonly BatchRunner _runner;
    private readonly InferenceInstruments? _instruments;
    private readonly LaneQueue _interactive;
    private readonly LaneQueue _bulk;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _bulkCredit;
    private int _running;
    private bool _stopping;

    /// <summary>Starts its threads.</summary>
    /// <param name="model">The model; the batcher calls it from its threads only and does not dispose of it.</param>
    /// <param name="options">The limits.</param>
    /// <param name="time">The clock of the queue delay; the system's where none is given.</param>
    /// <param name="memoryShort">Hears of batches that needed more memory than there was; they are halved and tried
    /// again, and for a while no batch is larger than what did.</param>
    /// <param name="instruments">Hears of waits and forward passes.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public DynamicBatcher(
        IBatchModel model, BatchingOptions options, TimeProvider? time = null,
        Action<EmbeddingMemoryException>? memoryShort = null, InferenceInstruments? instruments = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_maxBatch, _capacity, _delay) =
            (options.BatchSizeFor(model), options.CapacityFor(model), options.MaxQueueDelay);
        (_time, _instruments) = (time ?? TimeProvider.System, instruments);
        _runner = new BatchRunner(model, _maxBatch, memoryShort, instruments);
        _interactive = new LaneQueue(_capacity);
        _bulk = new LaneQueue(_capacity);
        _timer = _time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _running = model.BatchesAtOnce;
        for (int i = 0; i < model.BatchesAtOnce; i++)
        {
            new Thread(Run) { IsBackground = true, Name = "Embedding" }.Start();
        }
    }

    /// <summary>How many images wait in both lanes, those in the model's hands not counted.</summary>
    public int QueueLength
    {
        get
        {
            lock (_gate)
            {
                return _interactive.Count + _bulk.Count;
            }
        }
    }

    /// <summary>Embeds one image.</summary>
    /// <param name="image">An image at the model's input size.</param>
    /// <param name="lane">Its lane. Bulk waits for a place in a full queue.</param>
    /// <param name="cancellationToken">Gives up while the image waits; once it is in a batch it is embedded.</param>
    /// <returns>The embedding, not normalised.</returns>
    /// <exception cref="EmbeddingQueueFullException">The interactive lane is full.</exception>
    /// <exception cref="ObjectDisposedException">The batcher is shutting down.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was in a batch.</exception>
    public async Task<float[]> EmbedAsync(
        PixelImage image, EmbeddingLane lane, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        LaneQueue queue = lane == EmbeddingLane.Interactive ? _interactive : _bulk;
        await GetPlaceAsync(queue, lane, cancellationToken);
        (PendingImage item, LinkedListNode<PendingImage> node) = Enqueue(queue, image);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) => GiveUp(queue, node, token), null);
        return await item.Answer;
    }

    /// <summary>Refuses new images, embeds those that wait, and ends the threads.</summary>
    /// <returns>Done when the last answer is given.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        await _ended.Task;
        await _timer.DisposeAsync();
    }

    private async ValueTask GetPlaceAsync(LaneQueue queue, EmbeddingLane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (lane == EmbeddingLane.Bulk)
        {
            await queue.Places.WaitAsync(cancellationToken);
        }
        else if (!queue.Places.Wait(0, CancellationToken.None))
        {
            throw new EmbeddingQueueFullException(_capacity);
        }
    }

    private (PendingImage Item, LinkedListNode<PendingImage> Node) Enqueue(LaneQueue queue, PixelImage image)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                // The next one that waits for a place gets this one, and the same answer.
                queue.Places.Release();
                throw new ObjectDisposedException(nameof(DynamicBatcher));
            }

            PendingImage item = new(image, _time.GetTimestamp());
            LinkedListNode<PendingImage> node = queue.Add(item);
            int waiting = _interactive.Count + _bulk.Count;
            // A thread waits for a first image or for a full batch; others need not wake it.
            if (waiting == 1 || waiting >= _maxBatch)
            {
                Monitor.Pulse(_gate);
            }

            return (item, node);
        }
    }

    private void GiveUp(LaneQueue queue, LinkedListNode<PendingImage> node, CancellationToken cancellationToken)
    {
        bool removed;
        PendingImage item = node.Value;
        lock (_gate)
        {
            removed = queue.Remove(node);
        }

        if (removed)
        {
            item.Cancel(cancellationToken);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        List<PendingImage> batch = new(_maxBatch);
        while (TryTakeBatch(batch))
        {
            if (_instruments is not null)
            {
                batch.ForEach(item => _instruments.OnTaken(_time.GetElapsedTime(item.Enqueued)));
            }

            _runner.Run(batch);
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            _ended.SetResult();
        }
    }

    private bool TryTakeBatch(List<PendingImage> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (true)
            {
                int waiting = _interactive.Count + _bulk.Count;
                TimeSpan left = waiting == 0 ? Timeout.InfiniteTimeSpan : DelayLeft();
                if (waiting >= _maxBatch || (waiting > 0 && (_stopping || left <= TimeSpan.Zero)))
                {
                    Fill(batch);
                    if (_interactive.Count + _bulk.Count > 0)
                    {
                        // For what is left another thread, if there is one, keeps the time.
                        Monitor.Pulse(_gate);
                    }

                    return true;
                }

                if (_stopping)
                {
                    return false;
                }

                if (waiting > 0)
                {
                    // Timers count whole milliseconds; rounded down they would fire too early, again and again.
                    _timer.Change(
                        TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                }

                Monitor.Wait(_gate);
            }
        }
    }

    private TimeSpan DelayLeft()
    {
        long oldest = Math.Min(
            _interactive.Count > 0 ? _interactive.Oldest : long.MaxValue,
            _bulk.Count > 0 ? _bulk.Oldest : long.MaxValue);
        return _delay - _time.GetElapsedTime(oldest);
    }

    private void Fill(List<PendingImage> batch)
    {
        int places = _maxBatch;
        _bulkCredit = _bulk.Count == 0 ? 0 : _bulkCredit + places;
        int reserved = Math.Min(Math.Min(_bulkCredit / BulkShare, _bulk.Count), places);
        int interactive = _interactive.Take(places - reserved, batch);
        int bulk = _bulk.Take(places - interactive, batch);
        _bulkCredit = Math.Max(0, _bulkCredit - (bulk * BulkShare));
    }
}

using System.Diagnostics;
using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>
/// Reads, decodes and augments an epoch's batches on threads of its own, some batches ahead of the one that is trained
/// on. Batches come in order; what is in them does not depend on how many threads there are.
/// </summary>
internal sealed class BatchLoader : IDisposable
{
    private readonly IViewSource _source;
    private readonly UnreadableImages _unreadable;
    private readonly BatchLoaderOptions _options;
    private readonly object _lock = new();
    private readonly LoadedBatch[] _slots;
    private readonly Thread[] _threads;
    private IReadOnlyList<SampledRow[]> _plan = [];
    private int _epoch;
    private int _nextBatch;
    private int _nextRow;
    private int _taken;
    private bool _holding;
    private bool _stopping;
    private Exception? _failure;

    /// <summary>Starts the threads; they wait for an epoch.</summary>
    public BatchLoader(IViewSource source, UnreadableImages unreadable, int rows, BatchLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_source, _unreadable, _options) = (source, unreadable, options);
        _slots = [.. Enumerable.Range(0, options.BatchesAhead + 1)
            .Select(_ => new LoadedBatch(rows, options.Height, options.Width))];
        _threads = [.. Enumerable.Range(0, options.Threads).Select(i => new Thread(Work)
        {
            IsBackground = true, Name = $"batch loader {i}",
        })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>How long the callers of <see cref="Next"/> have waited for a batch, in all.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Begins an epoch.</summary>
    /// <param name="plan">Its batches.</param>
    /// <param name="epoch">Its number; the augmentations' random numbers depend on it.</param>
    /// <param name="firstBatch">The batch to begin with, where a run goes on.</param>
    public void Begin(IReadOnlyList<SampledRow[]> plan, int epoch, int firstBatch = 0)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_lock)
        {
            if (_taken < _plan.Count)
            {
                throw new InvalidOperationException($"Epoch {_epoch} has batches left.");
            }

            (_plan, _epoch, _nextBatch, _nextRow, _taken, _holding) = (plan, epoch, firstBatch, 0, firstBatch, false);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Waits for the next batch; the one before it is given back.</summary>
    /// <returns>The batch, or null at the end of the epoch.</returns>
    /// <exception cref="InvalidDataException">Too many images cannot be read.</exception>
    public LoadedBatch? Next()
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (_holding)
            {
                _taken++;
                _holding = false;
                Monitor.PulseAll(_lock);
            }

            if (_taken >= _plan.Count)
            {
                return null;
            }

            LoadedBatch slot = _slots[_taken % _slots.Length];
            while (_failure is null && !(_nextBatch > _taken && slot.Number == _taken && slot.Pending == 0))
            {
                Monitor.Wait(_lock);
            }

            Waited += Stopwatch.GetElapsedTime(start);
            if (_failure is not null)
            {
                throw new InvalidDataException(_failure.Message, _failure);
            }

            _holding = true;
            return slot;
        }
    }

    /// <summary>Stops the threads and frees the batches.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.PulseAll(_lock);
        }

        Array.ForEach(_threads, thread => thread.Join());
        Array.ForEach(_slots, slot => slot.Dispose());
    }

    private void Work()
    {
        TrainingTransform transform = new(
            _options.Augmentation, _options.Normalization, _options.Height, _options.Width);
        byte[] pixels = new byte[_options.Height * _options.Width * PixelImage.Channels];
        while (TakeRow() is { } work)
        {
            try
            {
                bool real = Fill(work.Slot, work.Row, work.Epoch, pixels, transform);
                Finish(work.Slot, work.Row, real);
            }
#pragma warning disable CA1031 // It is thrown again on the thread that waits for the batch.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lock (_lock)
                {
                    _failure ??= exception;
                    Monitor.PulseAll(_lock);
                }
            }
        }
    }

    private (LoadedBatch Slot, int Row, int Epoch)? TakeRow()
    {
        lock (_lock)
        {
            while (!_stopping && (_nextBatch >= _plan.Count || _nextBatch >= _taken + _slots.Length))
            {
                Monitor.Wait(_lock);
            }

            if (_stopping)
            {
                return null;
            }

            LoadedBatch slot = _slots[_nextBatch % _slots.Length];
            if (_nextRow == 0)
            {
                (slot.Number, slot.Rows, slot.Pending) = (_nextBatch, _plan[_nextBatch], _plan[_nextBatch].Length);
            }

            int row = _nextRow++;
            if (_nextRow == slot.Rows.Count)
            {
                _nextBatch++;
                _nextRow = 0;
            }

            return (slot, row, _epoch);
        }
    }

    private bool Fill(LoadedBatch slot, int number, int epoch, byte[] pixels, TrainingTransform transform)
    {
        SampledRow row = slot.Rows[number];
        Span<float> destination = slot.Row(number);
        if (row.Image != SampledRow.Mock)
        {
            KeyedRandom random = KeyedRandom.For(
                _options.Seed, RandomPurpose.Augmentation, epoch, (slot.Number * slot.Rows.Count) + number);
            try
            {
                _source.Load(row, random, pixels);
                transform.Apply(pixels, random, destination);
                return true;
            }
            catch (Exception exception) when (ImageReader.IsUnreadable(exception))
            {
                _unreadable.Add(_source.NameOf(row), exception.Message);
            }
        }

        destination.Clear();
        return false;
    }

    private void Finish(LoadedBatch slot, int row, bool real)
    {
        lock (_lock)
        {
            slot.IsReal[row] = real;
            if (--slot.Pending == 0)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }
}

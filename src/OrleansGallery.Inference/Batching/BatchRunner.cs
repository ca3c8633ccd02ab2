using System.Diagnostics;

namespace OrleansGallery.Inference.Batching;

/// <summary>
/// Runs batches and answers for each of their images, so that a bad image fails alone. What memory does not suffice
/// for is halved, and remembered: later batches come in parts of the size that did, which grows again slowly. Safe for
/// use by several threads.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="maxBatch">The largest batch.</param>
/// <param name="memoryShort">Hears of each time that the size was lowered.</param>
/// <param name="instruments">Hears of each forward pass.</param>
internal sealed class BatchRunner(
    IBatchModel model, int maxBatch, Action<EmbeddingMemoryException>? memoryShort = null,
    InferenceInstruments? instruments = null)
{
    // So many full parts in a row, and twice as many images are tried.
    private const int PartsBeforeMore = 64;

    private readonly Lock _gate = new();
    private int _most = int.MaxValue;
    private int _fine;

    /// <summary>Embeds together; where that fails, each by itself, and where memory does not suffice, in halves.
    /// </summary>
    /// <param name="batch">At least one image.</param>
    public void Run(IReadOnlyList<PendingImage> batch)
    {
        for (int from = 0; from < batch.Count;)
        {
            int most = Math.Min(Volatile.Read(ref _most), maxBatch);
            PendingImage[] part = [.. batch.Skip(from).Take(most)];
            Exception? failure = TryRun(part);
            if (failure is EmbeddingMemoryException memory && Lower(part.Length, memory))
            {
                continue;
            }

            if (failure is null)
            {
                OnFine(part.Length);
            }
            else
            {
                RunEach(part, failure);
            }

            from += part.Length;
        }
    }

    private void RunEach(PendingImage[] part, Exception failure)
    {
        if (part is [PendingImage alone])
        {
            alone.Fail(failure);
            return;
        }

        foreach (PendingImage item in part)
        {
            if (TryRun([item]) is { } own)
            {
                item.Fail(own);
            }
        }
    }

    /// <returns>Whether fewer than these can be tried.</returns>
    private bool Lower(int tried, EmbeddingMemoryException memory)
    {
        if (tried == 1)
        {
            return false;
        }

        bool isNews;
        lock (_gate)
        {
            // Another thread may have found out first.
            isNews = tried <= _most;
            (_most, _fine) = (isNews ? tried / 2 : _most, 0);
        }

        if (isNews)
        {
            memoryShort?.Invoke(memory);
        }

        return true;
    }

    private void OnFine(int count)
    {
        lock (_gate)
        {
            if (_most < maxBatch && count == _most && ++_fine == PartsBeforeMore)
            {
                (_most, _fine) = (Math.Min(2 * _most, maxBatch), 0);
            }
        }
    }

    // Whatever the model throws belongs to the images' callers; the thread must go on.
    private Exception? TryRun(PendingImage[] part)
    {
        try
        {
            long started = Stopwatch.GetTimestamp();
            float[][] embeddings = model.Embed([.. part.Select(item => item.Image)]);
            instruments?.OnForward(part.Length, started);
            if (embeddings.Length != part.Length)
            {
                return new InvalidOperationException(
                    $"The model gave {embeddings.Length} embeddings for {part.Length} images.");
            }

            for (int i = 0; i < part.Length; i++)
            {
                part[i].Succeed(embeddings[i]);
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}

using System.Diagnostics;

namespace OrleansGallery.Inference.Batching;

/// <summary>Runs a batch and answers for each of its images, so that a bad image fails alone.</summary>
internal static class BatchRunner
{
    /// <summary>Embeds together; where that fails, each by itself, and where memory does not suffice, in halves.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">At least one image.</param>
    /// <param name="short">Hears of each time that memory did not suffice.</param>
    /// <param name="instruments">Hears of each forward pass.</param>
    public static void Run(
        IBatchModel model, IReadOnlyList<PendingImage> batch, Action<EmbeddingMemoryException>? @short = null,
        InferenceInstruments? instruments = null)
    {
        Exception? failure = TryRun(model, batch, instruments);
        if (failure is EmbeddingMemoryException memory)
        {
            @short?.Invoke(memory);
            if (batch.Count > 1)
            {
                int half = batch.Count / 2;
                Run(model, [.. batch.Take(half)], @short, instruments);
                Run(model, [.. batch.Skip(half)], @short, instruments);
                return;
            }
        }

        if (failure is null)
        {
            return;
        }

        if (batch.Count == 1)
        {
            batch[0].Fail(failure);
            return;
        }

        foreach (PendingImage item in batch)
        {
            if (TryRun(model, [item], instruments) is { } own)
            {
                item.Fail(own);
            }
        }
    }

    // Whatever the model throws belongs to the images' callers; the thread must go on.
    private static Exception? TryRun(
        IBatchModel model, IReadOnlyList<PendingImage> batch, InferenceInstruments? instruments)
    {
        try
        {
            long started = Stopwatch.GetTimestamp();
            float[][] embeddings = model.Embed([.. batch.Select(item => item.Image)]);
            instruments?.OnForward(batch.Count, started);
            if (embeddings.Length != batch.Count)
            {
                return new InvalidOperationException(
                    $"The model gave {embeddings.Length} embeddings for {batch.Count} images.");
            }

            for (int i = 0; i < batch.Count; i++)
            {
                batch[i].Succeed(embeddings[i]);
            }

            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}

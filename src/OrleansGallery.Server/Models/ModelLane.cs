using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Batching;

namespace OrleansGallery.Server;

/// <summary>One model on one device. A device that fails at once would seem the least busy of all: after some failures
/// in a row it is left out for a while.</summary>
/// <param name="model">The model, which the lane disposes of.</param>
/// <param name="batching">The limits of its batcher.</param>
/// <param name="time">The clock.</param>
/// <param name="memoryShort">Hears of batches that needed more memory than there was.</param>
/// <param name="instruments">Hears of what the batcher does.</param>
internal sealed class ModelLane(
    IBatchModel model, BatchingOptions batching, TimeProvider time,
    Action<EmbeddingMemoryException>? memoryShort = null, InferenceInstruments? instruments = null)
    : IAsyncDisposable
{
    /// <summary>So many single images in a row fail, and the device is left out.</summary>
    public const int FailuresInARow = 3;

    /// <summary>How long it is left out; then an image tries it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly DynamicBatcher _batcher = new(
        model, batching, memoryShort: memoryShort, instruments: instruments);
    private readonly Lock _gate = new();
    private long _failed;
    private int _failures;
    private int _underWay;

    /// <summary>How many images wait or are in the model's hands.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many images wait.</summary>
    public int QueueLength => _batcher.QueueLength;

    /// <summary>Whether it is left out.</summary>
    public bool IsOut
    {
        get
        {
            lock (_gate)
            {
                return _failures >= FailuresInARow && time.GetElapsedTime(_failed) < Pause;
            }
        }
    }

    /// <summary>Embeds one image.</summary>
    public async Task<float[]> EmbedAsync(PixelImage image, EmbeddingLane lane, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            float[] embedding = await _batcher.EmbedAsync(image, lane, cancellationToken);
            Note(failed: false);
            return embedding;
        }
        catch (Exception exception) when (exception is ExternalException or ModelFailureException { IsOfDevice: true })
        {
            Note(failed: true);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _batcher.DisposeAsync();
        (model as IDisposable)?.Dispose();
    }

    private void Note(bool failed)
    {
        lock (_gate)
        {
            (_failures, _failed) = failed ? (_failures + 1, time.GetTimestamp()) : (0, _failed);
        }
    }
}

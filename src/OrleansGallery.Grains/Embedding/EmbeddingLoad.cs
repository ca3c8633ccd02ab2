using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>How many images this silo has received and not answered, for all models, by lane.</summary>
internal sealed class EmbeddingLoad
{
    private int _interactive;
    private int _bulk;
    private long _answered;

    /// <summary>Images of searches.</summary>
    public int Interactive => Volatile.Read(ref _interactive);

    /// <summary>Images of ingestion.</summary>
    public int Bulk => Volatile.Read(ref _bulk);

    /// <summary>How many it has answered since it started, failures included.</summary>
    public long Answered => Volatile.Read(ref _answered);

    public void OnReceived(EmbeddingPriority priority) => Interlocked.Increment(ref Lane(priority));

    public void OnAnswered(EmbeddingPriority priority)
    {
        Interlocked.Decrement(ref Lane(priority));
        Interlocked.Increment(ref _answered);
    }

    private ref int Lane(EmbeddingPriority priority) =>
        ref priority == EmbeddingPriority.Interactive ? ref _interactive : ref _bulk;
}

using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>How many images this silo has received and not answered, for all models, by lane.</summary>
internal sealed class EmbeddingLoad
{
    private int _interactive;
    private int _bulk;

    /// <summary>Images of searches.</summary>
    public int Interactive => Volatile.Read(ref _interactive);

    /// <summary>Images of ingestion.</summary>
    public int Bulk => Volatile.Read(ref _bulk);

    /// <summary>Counts images that come (1) and that were answered (-1).</summary>
    public void Add(EmbeddingPriority priority, int images) =>
        Interlocked.Add(ref priority == EmbeddingPriority.Interactive ? ref _interactive : ref _bulk, images);
}

using Orleans.Concurrency;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Hands pixels to its silo's batcher. Reentrant: the images that wait here together are what the batcher makes
/// batches of.
/// </summary>
[GrainType("gallery.embedder"), RequiresRole(SiloRoles.Embedding), OnNamedSilo, Reentrant]
internal sealed class EmbedderGrain(IImageEmbedder embedder, EmbeddingLoad load) : Grain, IEmbedderGrain
{
    private string ModelId => GrainKeys.ParseEmbedder(this.GetPrimaryKeyString()).ModelId;

    /// <inheritdoc />
    public Task<ModelSummary> DescribeAsync() => embedder.DescribeAsync(ModelId);

    /// <inheritdoc />
    public Task<int> CountQueuedAsync() => Task.FromResult(load.Interactive + load.Bulk);

    /// <inheritdoc />
    public async Task<EmbeddingAnswer> EmbedAsync(
        PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        VectorBytes embedding;
        load.OnReceived(priority);
        try
        {
            embedding = await embedder.EmbedAsync(ModelId, pixels, priority, cancellationToken);
        }
        finally
        {
            load.OnAnswered(priority);
        }

        return new EmbeddingAnswer { Embedding = embedding, Interactive = load.Interactive, Bulk = load.Bulk };
    }
}

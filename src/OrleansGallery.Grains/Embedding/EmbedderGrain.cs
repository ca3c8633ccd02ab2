using Orleans.Concurrency;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Hands pixels to the silo's batcher. Reentrant with one activation per silo: the images that wait here together are
/// what the batcher makes batches of.
/// </summary>
[GrainType("gallery.embedder"), RequiresRole(SiloRoles.Embedding), StatelessWorker(1), Reentrant]
internal sealed class EmbedderGrain(IImageEmbedder embedder) : Grain, IEmbedderGrain
{
    /// <inheritdoc />
    public Task<ModelSummary> DescribeAsync() => Task.Run(() => embedder.Describe(this.GetPrimaryKeyString()));

    /// <inheritdoc />
    public Task<VectorBytes> EmbedAsync(
        PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(this.GetPrimaryKeyString(), pixels, priority, cancellationToken);
}

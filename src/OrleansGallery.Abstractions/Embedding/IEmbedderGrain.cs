namespace OrleansGallery.Abstractions;

/// <summary>
/// Pixels to embeddings on an embedding silo; one activation per silo hands them to its batcher. Key: the model's
/// id, or <c>default</c>.
/// </summary>
[Alias("gallery.IEmbedderGrain")]
public interface IEmbedderGrain : IGrainWithStringKey
{
    /// <summary>What the model takes and gives.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    [Alias("Describe"), ResponseTimeout("00:00:30")]
    Task<ModelSummary> DescribeAsync();

    /// <summary>Embeds one image in a batch with others that wait.</summary>
    /// <param name="pixels">The image at the model's input size.</param>
    /// <param name="priority">The batcher's lane.</param>
    /// <param name="cancellationToken">An image cancelled while it waits is never run.</param>
    /// <returns>The raw embedding.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    [Alias("Embed"), ResponseTimeout("00:00:30")]
    Task<VectorBytes> EmbedAsync(PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken);
}

namespace OrleansGallery.Abstractions;

/// <summary>
/// Pixels to embeddings on one embedding silo: hands them to its batcher. Key: the silo's address and the model's id,
/// or <c>default</c> (<see cref="GrainKeys.Embedder"/>).
/// </summary>
[Alias("gallery.IEmbedderGrain")]
public interface IEmbedderGrain : IGrainWithStringKey
{
    /// <summary>What the model takes and gives.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="RetryException">The silo fetches the model, or the silo is gone.</exception>
    [Alias("Describe"), ResponseTimeout("00:00:30")]
    Task<ModelSummary> DescribeAsync();

    /// <summary>Embeds one image in a batch with others that wait.</summary>
    /// <param name="pixels">The image at the model's input size.</param>
    /// <param name="priority">The batcher's lane.</param>
    /// <param name="cancellationToken">An image cancelled while it waits is never run.</param>
    /// <returns>The embedding and the silo's queue.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="RetryException">The silo fetches the model, or the silo is gone.</exception>
    [Alias("Embed"), ResponseTimeout("00:00:30")]
    Task<EmbeddingAnswer> EmbedAsync(
        PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken);

    /// <summary>How many images this silo has received and not answered, for all models; loads none.</summary>
    /// <returns>The number.</returns>
    [Alias("Queue"), ResponseTimeout("00:00:02")]
    Task<int> CountQueuedAsync();
}

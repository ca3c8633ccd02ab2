using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// How the embedder grain reaches a model. The host implements it; no grain knows what runs behind it.
/// </summary>
public interface IImageEmbedder
{
    /// <summary>What a model takes and gives.</summary>
    /// <param name="modelId">The model's id, or <c>default</c>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="RetryException">The model is being fetched.</exception>
    Task<ModelSummary> DescribeAsync(string modelId);

    /// <summary>Embeds one image in a batch with others that wait.</summary>
    /// <param name="modelId">The model's id, or <c>default</c>.</param>
    /// <param name="pixels">The image at the model's input size.</param>
    /// <param name="priority">Which images go first.</param>
    /// <param name="cancellationToken">An image cancelled while it waits is never run.</param>
    /// <returns>The raw embedding.</returns>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="RetryException">The model is being fetched.</exception>
    Task<VectorBytes> EmbedAsync(
        string modelId, PixelBlock pixels, EmbeddingPriority priority, CancellationToken cancellationToken);
}

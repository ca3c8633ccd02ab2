using OrleansGallery.Imaging;

namespace OrleansGallery.Inference;

/// <summary>Embeds a batch in one forward pass.</summary>
public interface IBatchModel
{
    /// <summary>Computes one embedding per image, in order; runs to the end on the calling thread.</summary>
    /// <param name="images">Images at the model's input size.</param>
    /// <returns>As many embeddings as images, not normalised.</returns>
    /// <exception cref="EmbeddingMemoryException">The device has not enough memory for so many.</exception>
    float[][] Embed(IReadOnlyList<PixelImage> images);

    /// <summary>The most images that are worth a forward pass where this one runs.</summary>
    int BatchSize => 16;

    /// <summary>How many batches, each on a thread of its own, keep the device busy.</summary>
    int BatchesAtOnce => 1;
}

using OrleansGallery.Imaging;

namespace OrleansGallery.Inference;

/// <summary>Embeds a batch in one forward pass.</summary>
public interface IBatchModel
{
    /// <summary>Computes one embedding per image, in order; runs to the end on the calling thread.</summary>
    /// <param name="images">Images at the model's input size.</param>
    /// <returns>As many embeddings as images, not normalised.</returns>
    float[][] Embed(IReadOnlyList<PixelImage> images);
}

using OrleansGallery.Inference;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>Models for what runs without a server and knows nothing of Torch.</summary>
public static class EmbeddingModelExtensions
{
    /// <summary>The model as what turns images into embeddings.</summary>
    /// <param name="model">The model; it must outlive what is returned.</param>
    /// <returns>Its input and how it embeds.</returns>
    public static PixelEmbedder AsPixelEmbedder(this EmbeddingModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PixelEmbedder
        {
            Height = model.Description.InputHeight,
            Width = model.Description.InputWidth,
            Filter = model.Description.Filter,
            Fit = model.Description.Fit,
            Dimension = model.Description.Dimension,
            Embed = model.Embed,
        };
    }
}

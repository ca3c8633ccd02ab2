using System.Collections.Concurrent;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>
/// File to embedding: decoded and resized in this process, so that the machine with the model never parses untrusted
/// files, then embedded on an embedding silo.
/// </summary>
internal sealed class ImageEmbedder(EmbeddingRouter router, DecodingPool decoding)
{
    private readonly ConcurrentDictionary<string, ModelSummary> _models = new(StringComparer.Ordinal);

    /// <exception cref="NoModelException">The gallery has no model.</exception>
    /// <exception cref="Imaging.ImageException">The file is refused.</exception>
    public async Task<VectorBytes> EmbedAsync(
        Gallery gallery,
        ReadOnlyMemory<byte> file,
        EmbeddingPriority priority,
        CancellationToken cancellationToken)
    {
        string modelId = gallery.Settings.Model ?? throw new NoModelException(
            $"The gallery '{gallery.Name}' has no model; it takes vectors of {gallery.Dimension} components.");
        if (!_models.TryGetValue(modelId, out ModelSummary? model))
        {
            // A model's id names its weights, so what it says of itself never changes.
            model = _models[modelId] = await router.DescribeAsync(modelId);
        }

        PixelBlock pixels = await decoding.DecodeAsync(
            file, model, Transparency.Parse(gallery.Settings.Transparency), priority, cancellationToken);
        return await router.EmbedAsync(modelId, pixels, priority, cancellationToken);
    }
}

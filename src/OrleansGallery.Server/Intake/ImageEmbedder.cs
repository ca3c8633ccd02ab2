using System.Collections.Concurrent;
using System.Diagnostics;
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

    /// <param name="gallery">The gallery.</param>
    /// <param name="file">The file.</param>
    /// <param name="thumbnail">Whether a thumbnail is made, too.</param>
    /// <param name="priority">Which queues it waits in.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="NoModelException">The gallery has no model.</exception>
    /// <exception cref="Imaging.ImageException">The file is refused.</exception>
    public async Task<EmbeddedImage> EmbedAsync(
        Gallery gallery,
        ReadOnlyMemory<byte> file,
        bool thumbnail,
        EmbeddingPriority priority,
        CancellationToken cancellationToken)
    {
        using Activity? trace = ServerInstruments.Traces.StartActivity("gallery.embed");
        string modelId = gallery.Settings.Model ?? throw new NoModelException(
            $"The gallery '{gallery.Name}' has no model; it takes vectors of {gallery.Dimension} components.");
        if (!_models.TryGetValue(modelId, out ModelSummary? model))
        {
            // A model's id names its weights, so what it says of itself never changes.
            model = _models[modelId] = await router.DescribeAsync(modelId);
        }

        DecodedImage decoded = await decoding.DecodeAsync(
            file, model, Transparency.Parse(gallery.Settings.Transparency), thumbnail, priority, cancellationToken);
        return new EmbeddedImage(
            await router.EmbedAsync(modelId, decoded.Pixels, priority, cancellationToken), decoded.Thumbnail);
    }
}

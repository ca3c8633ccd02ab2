using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Benchmarks.Models;

/// <summary>What the default model is compared with, under the names of the table's rows.</summary>
internal static class ComparedEmbedders
{
    /// <param name="store">Finds the others.</param>
    /// <param name="trained">The default model.</param>
    /// <param name="random">The untrained network.</param>
    /// <param name="others">Further models, each loaded when its turn comes and freed with the process.</param>
    public static IEnumerable<(string Name, PixelEmbedder Embedder)> Of(
        ModelStore store, EmbeddingModel trained, EmbeddingModel random, IEnumerable<string> others)
    {
        yield return ("default model", trained.AsPixelEmbedder());
        yield return ("untrained network", random.AsPixelEmbedder());
        foreach (string other in others)
        {
            PixelEmbedder embedder = store.Load(other).AsPixelEmbedder();
            Fit cropped = new Fit(FitKind.Crop).For(embedder.Height, embedder.Width);
            yield return (
                $"{other}, stretched to {embedder.Width} x {embedder.Height}", embedder with { Fit = default });
            yield return (
                $"{other}, shorter side {cropped.ShorterSide}, centre {embedder.Width} x {embedder.Height}",
                embedder with { Fit = cropped });
        }

        yield return ("colour histogram, 64 bins", PlainEmbedder.Histogram(trained.Description.InputHeight));
        yield return ("16 x 16 pixels", PlainEmbedder.Thumbnail);
    }
}

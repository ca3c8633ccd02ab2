using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>Embeds files with progress on standard error.</summary>
internal static class OfflineImages
{
    public static EmbeddingSet Embed(
        EmbeddingModel model, IReadOnlyList<string> files, CommandOutput output, CancellationToken cancellationToken) =>
        new OfflineEmbedder(model.AsPixelEmbedder(), ImageDecoders.Create(new ImagingOptions())).Embed(
            files,
            (file, reason) => output.Error.WriteLine($"{file}: {reason}"),
            new OfflineProgress(files.Count, output).Report,
            cancellationToken);
}

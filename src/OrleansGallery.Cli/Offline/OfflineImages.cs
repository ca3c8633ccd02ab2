using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>Embeds files with progress on standard error.</summary>
internal static class OfflineImages
{
    public static EmbeddingSet Embed(
        EmbeddingModel model,
        IReadOnlyList<string> files,
        Action<string, string>? unreadable,
        CommandOutput output,
        CancellationToken cancellationToken) =>
        new OfflineEmbedder(model.AsPixelEmbedder(), ImageDecoders.Create(new ImagingOptions())).Embed(
            files,
            (file, reason) =>
            {
                output.Error.WriteLine($"left out: {file}: {reason}");
                unreadable?.Invoke(file, reason);
            },
            new OfflineProgress(files.Count, output).Report,
            cancellationToken);
}

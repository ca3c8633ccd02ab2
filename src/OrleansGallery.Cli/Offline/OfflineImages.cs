using System.Diagnostics;
using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>Embeds files with progress on standard error.</summary>
internal static class OfflineImages
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static EmbeddingSet Embed(
        EmbeddingModel model, IReadOnlyList<string> files, CommandOutput output, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan told = TimeSpan.Zero;
        OfflineEmbedder embedder = new(model, ImageDecoders.Create(new ImagingOptions()));
        return embedder.Embed(
            files,
            (file, reason) => output.Error.WriteLine($"{file}: {reason}"),
            done =>
            {
                if (watch.Elapsed - told >= Interval || (done == files.Count && told > TimeSpan.Zero))
                {
                    told = watch.Elapsed;
                    output.Error.WriteLine(
                        $"{Figures.Count(done)} of {Figures.Count(files.Count)} images, "
                        + $"{Figures.Rate(done / watch.Elapsed.TotalSeconds)}/s");
                }
            },
            cancellationToken);
    }
}

using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>Image files to embeddings, without a server.</summary>
/// <param name="embedder">What embeds them.</param>
/// <param name="decoder">The decoder.</param>
public sealed class OfflineEmbedder(PixelEmbedder embedder, IImageDecoder decoder)
{
    private const int BatchSize = 64;

    /// <summary>Embeds files in their order.</summary>
    /// <param name="files">The files.</param>
    /// <param name="unreadable">Called with each file that is left out, and why.</param>
    /// <param name="progress">Called with the number of files done so far.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <returns>Raw embeddings with the files' paths.</returns>
    /// <exception cref="InvalidDataException">More than 5 % of the files cannot be read; the message lists
    /// them.</exception>
    public EmbeddingSet Embed(
        IReadOnlyList<string> files,
        Action<string, string>? unreadable = null,
        Action<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        int dimension = embedder.Dimension;
        List<float> values = new(files.Count * dimension);
        List<string> paths = [];
        UnreadableImages failures = new(files.Count);
        foreach (string[] batch in files.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (PixelImage? Image, string? Reason)[] images = new (PixelImage?, string?)[batch.Length];
            Parallel.For(0, batch.Length, i => images[i] = Decode(batch[i]));
            for (int i = 0; i < batch.Length; i++)
            {
                if (images[i].Reason is { } reason)
                {
                    unreadable?.Invoke(batch[i], reason);
                    failures.Add(batch[i], reason);
                }
                else
                {
                    paths.Add(batch[i]);
                }
            }

            foreach (float[] embedding in embedder.Embed([.. images.Select(item => item.Image).OfType<PixelImage>()]))
            {
                values.AddRange(embedding);
            }

            progress?.Invoke(paths.Count + failures.Count);
        }

        return new EmbeddingSet([.. values], dimension, paths);
    }

    private (PixelImage? Image, string? Reason) Decode(string file)
    {
        try
        {
            PixelImage image = decoder.Decode(ImageFile.Read(file));
            return (Fitter.Apply(image, embedder.Height, embedder.Width, embedder.Filter, embedder.Fit), null);
        }
        catch (Exception exception) when (exception is ImageException or IOException or UnauthorizedAccessException)
        {
            return (null, exception.Message);
        }
    }
}

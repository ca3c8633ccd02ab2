using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>The images that a training configuration is tested on, embedded once for all episodes.</summary>
public sealed class EpisodeImages
{
    private const int BatchSize = 64;

    private EpisodeImages(IReadOnlyList<float[]> embeddings, IReadOnlyList<string> labels) =>
        (Embeddings, Labels) = (embeddings, labels);

    /// <summary>Raw embeddings.</summary>
    public IReadOnlyList<float[]> Embeddings { get; }

    /// <summary>Whose they are.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Reads and embeds the test images, gallery and queries alike.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="folder">What its paths are relative to.</param>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The embeddings.</returns>
    /// <exception cref="InvalidDataException">The configuration has no test images, or one cannot be
    /// read.</exception>
    public static EpisodeImages Embed(
        TrainingOptions options, string folder, EmbeddingModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        using TrainingData data = TrainingData.Open(options, folder);
        ImageSet[] sets = [.. new[] { data.Gallery, data.Query }.OfType<ImageSet>()];
        if (sets.Sum(set => set.Images.Count) == 0)
        {
            throw new InvalidDataException($"The data of '{options.Name}' have no test images.");
        }

        List<float[]> embeddings = [];
        foreach (ImageSet set in sets)
        {
            ImageReader reader = new(
                set, model.Description.InputHeight, model.Description.InputWidth, model.Description.Filter, 0,
                model.Description.Fit);
            foreach (int[] chunk in Enumerable.Range(0, set.Images.Count).Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                embeddings.AddRange(model.Embed(
                    [.. chunk.AsParallel().AsOrdered().Select(place => Read(reader, set, place, model))]));
            }
        }

        return new EpisodeImages(embeddings, [.. sets.SelectMany(set => set.Images).Select(image => image.Identity)]);
    }

    private static PixelImage Read(ImageReader reader, ImageSet set, int place, EmbeddingModel model)
    {
        byte[] pixels = new byte[reader.Length];
        try
        {
            reader.Read(place, pixels);
        }
        catch (Exception exception) when (ImageReader.IsUnreadable(exception))
        {
            throw new InvalidDataException($"{set.Images[place].Path}: {exception.Message}");
        }

        return new PixelImage(model.Description.InputWidth, model.Description.InputHeight, pixels);
    }
}

using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Training;

/// <summary>
/// Images to evaluate: <c>gallery/IDENTITY/*</c> and <c>query/IDENTITY/*</c> below a folder, embedded by a model. A file
/// that is no image is skipped and named; more than one in twenty stops the evaluation.
/// </summary>
public sealed class EvaluationFolders
{
    private const int BatchSize = 32;
    private const double MaxUnreadableShare = 0.05;

    private readonly List<(string File, long Label)> _files;
    private readonly int _queries;

    private EvaluationFolders(List<(string File, long Label)> files, int queries, IReadOnlyList<string> unmatched)
    {
        _files = files;
        _queries = queries;
        IdentitiesWithoutGallery = unmatched;
    }

    /// <summary>Identities that are searched for and have no gallery image: their queries cannot be answered.</summary>
    public IReadOnlyList<string> IdentitiesWithoutGallery { get; }

    /// <summary>The images found, queries and gallery.</summary>
    public int Images => _files.Count;

    /// <summary>Finds the images, sorted by path.</summary>
    /// <param name="folder">The folder that has <c>gallery</c> and <c>query</c>.</param>
    /// <returns>The images.</returns>
    /// <exception cref="InvalidDataException">One of the two is missing or empty.</exception>
    public static EvaluationFolders Find(string folder)
    {
        SortedDictionary<string, List<string>> queries = Identities(folder, "query");
        SortedDictionary<string, List<string>> gallery = Identities(folder, "gallery");
        Dictionary<string, long> labels = queries.Keys.Union(gallery.Keys)
            .Order(StringComparer.Ordinal).Select((name, number) => (name, number))
            .ToDictionary(pair => pair.name, pair => (long)pair.number, StringComparer.Ordinal);
        List<(string, long)> asked = [.. Labelled(queries, labels)];
        return new EvaluationFolders(
            [.. asked, .. Labelled(gallery, labels)],
            asked.Count,
            [.. queries.Keys.Where(name => !gallery.ContainsKey(name))]);
    }

    /// <summary>Decodes, resizes and embeds all images.</summary>
    /// <param name="model">The model.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="onSkipped">Called for each file that is no image, with the reason.</param>
    /// <param name="onProgress">Called with the number of images done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Queries first; images of queries are of facet 0, those of the gallery of facet 1.</returns>
    /// <exception cref="InvalidDataException">More than one file in twenty is no image, or none is left.</exception>
    public EvaluationData Embed(EmbeddingModel model, IImageDecoder decoder, Action<string, string> onSkipped,
        Action<int> onProgress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(onSkipped);
        ArgumentNullException.ThrowIfNull(onProgress);
        List<float[]> embeddings = [];
        List<long> labels = [];
        List<long> facets = [];
        int skipped = 0;
        int queries = 0;
        foreach ((int Row, (string File, long Label) Image)[] chunk in _files.Index().Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (PixelImage? Pixels, string? Error)[] decoded =
                [.. chunk.AsParallel().AsOrdered().Select(item => Decode(item.Image.File, model.Description, decoder))];
            for (int i = 0; i < chunk.Length; i++)
            {
                if (decoded[i].Error is { } error)
                {
                    onSkipped(chunk[i].Image.File, error);
                    skipped++;
                    continue;
                }

                labels.Add(chunk[i].Image.Label);
                facets.Add(chunk[i].Row < _queries ? 0 : 1);
                queries += chunk[i].Row < _queries ? 1 : 0;
            }

            embeddings.AddRange(model.Embed([.. decoded.Select(image => image.Pixels).OfType<PixelImage>()]));
            onProgress(chunk[^1].Row + 1);
        }

        if (skipped > MaxUnreadableShare * _files.Count || queries == 0 || queries == labels.Count)
        {
            throw new InvalidDataException(
                $"{skipped} of {_files.Count} files are no images, {queries} queries and {labels.Count - queries} "
                + "gallery "
                + $"images are left; at most {MaxUnreadableShare:P0} may be unreadable.");
        }

        return new EvaluationData(
            [.. embeddings.SelectMany(embedding => embedding)], model.Description.Dimension, [.. labels], [.. facets],
            queries);
    }

    private static (PixelImage? Pixels, string? Error) Decode(
        string file, ModelDescription model, IImageDecoder decoder)
    {
        try
        {
            PixelImage image = decoder.Decode(File.ReadAllBytes(file));
            return (Resizer.Resize(image, model.InputHeight, model.InputWidth, model.Filter), null);
        }
        catch (Exception error) when (error is ImageException or IOException or UnauthorizedAccessException)
        {
            return (null, error.Message);
        }
    }

    private static SortedDictionary<string, List<string>> Identities(string folder, string part)
    {
        string path = Path.Combine(folder, part);
        if (!Directory.Exists(path))
        {
            throw new InvalidDataException(
                $"'{folder}' has no folder '{part}'; the layout is gallery/IDENTITY/* and query/IDENTITY/*.");
        }

        SortedDictionary<string, List<string>> identities = new(StringComparer.Ordinal);
        foreach (string identity in Directory.EnumerateDirectories(path))
        {
            List<string> files = [.. Directory.EnumerateFiles(identity).Order(StringComparer.Ordinal)];
            if (files.Count > 0)
            {
                identities.Add(Path.GetFileName(identity), files);
            }
        }

        return identities.Count > 0
            ? identities
            : throw new InvalidDataException($"'{path}' has no folder with files in it.");
    }

    private static IEnumerable<(string File, long Label)> Labelled(
        SortedDictionary<string, List<string>> identities, Dictionary<string, long> labels) =>
        identities.SelectMany(identity => identity.Value.Select(file => (file, labels[identity.Key])));
}

using OrleansGallery.Imaging;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Offline;

/// <summary>
/// The query and gallery images of a data set, embedded by a model. Images that cannot be read are left out and named;
/// more than <see cref="UnreadableImages.Limit"/> of them stop the evaluation.
/// </summary>
public sealed class EvaluationImages
{
    private const int BatchSize = 32;

    private readonly ImageSet[] _sets;
    private readonly ImageReader[] _readers;
    private readonly List<(bool Query, int Place)> _rows;

    private EvaluationImages(EvaluationData data, ImageSet[] sets, ImageReader[] readers,
        List<(bool Query, int Place)> rows, IReadOnlyList<string> unreadable)
    {
        (Data, _sets, _readers, _rows, Unreadable) = (data, sets, readers, rows, unreadable);
    }

    /// <summary>
    /// The embeddings, queries first. Images without a facet are of a facet 0 (queries) or 1 (gallery).
    /// </summary>
    public EvaluationData Data { get; }

    /// <summary>Path and reason of each image that could not be read.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    /// <summary>Identities that are searched for and have no gallery image: their queries cannot be answered.</summary>
    /// <param name="query">What is searched with.</param>
    /// <param name="gallery">What is searched in.</param>
    /// <returns>Their names, sorted.</returns>
    public static IReadOnlyList<string> WithoutGallery(ImageSet query, ImageSet gallery)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        return [.. query.Images.Select(image => image.Identity).Except(gallery.Images.Select(image => image.Identity))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads, resizes and embeds all images.</summary>
    /// <param name="query">What is searched with.</param>
    /// <param name="gallery">What is searched in.</param>
    /// <param name="embedder">What embeds them.</param>
    /// <param name="onProgress">Called with the number of images done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The images with their embeddings.</returns>
    /// <exception cref="InvalidDataException">Too many images cannot be read, or no query or gallery image is
    /// left.</exception>
    public static EvaluationImages Embed(ImageSet query, ImageSet gallery, PixelEmbedder embedder,
        Action<int> onProgress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(onProgress);
        ImageReader Reader(ImageSet set) =>
            new(set, embedder.Height, embedder.Width, embedder.Filter, cacheBytes: 0, embedder.Fit);
        ImageReader[] readers = [Reader(query), Reader(gallery)];
        UnreadableImages unreadable = new(query.Images.Count + gallery.Images.Count);
        List<(bool Query, int Place)> rows = [];
        List<float[]> embeddings = [];
        int done = 0;
        foreach ((ImageSet set, ImageReader reader) in new[] { query, gallery }.Zip(readers))
        {
            foreach (int[] chunk in Enumerable.Range(0, set.Images.Count).Chunk(BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                (int Place, PixelImage? Pixels, string? Reason)[] read = [.. chunk.AsParallel().AsOrdered()
                    .Select(place => Read(reader, place))];
                foreach ((int place, _, string? reason) in read.Where(image => image.Reason is not null))
                {
                    unreadable.Add($"{set.Name}/{set.Images[place].Path}", reason!);
                }

                rows.AddRange(read.Where(image => image.Pixels is not null)
                    .Select(image => (ReferenceEquals(set, query), image.Place)));
                embeddings.AddRange(embedder.Embed([.. read.Select(image => image.Pixels).OfType<PixelImage>()]));
                onProgress(done += chunk.Length);
            }
        }

        EvaluationData data = DataOf(query, gallery, rows, embeddings, embedder.Dimension);
        return new EvaluationImages(data, [query, gallery], readers, rows, unreadable.Reasons);
    }

    /// <summary>Which image a row is of.</summary>
    /// <param name="row">A row of <see cref="Data"/>.</param>
    /// <returns>The image.</returns>
    public DataImage ImageOf(int row) => _sets[_rows[row].Query ? 0 : 1].Images[_rows[row].Place];

    /// <summary>Reads a row's image again, as the model saw it.</summary>
    /// <param name="row">A row of <see cref="Data"/>.</param>
    /// <returns>Its pixels.</returns>
    /// <exception cref="IOException">It cannot be read any more.</exception>
    public PixelImage Read(int row)
    {
        (bool query, int place) = _rows[row];
        return Pixels(_readers[query ? 0 : 1], place);
    }

    private static (int Place, PixelImage? Pixels, string? Reason) Read(ImageReader reader, int place)
    {
        try
        {
            return (place, Pixels(reader, place), null);
        }
        catch (Exception exception) when (ImageReader.IsUnreadable(exception))
        {
            return (place, null, exception.Message);
        }
    }

    private static PixelImage Pixels(ImageReader reader, int place)
    {
        byte[] pixels = new byte[reader.Length];
        reader.Read(place, pixels);
        return new PixelImage(reader.Width, reader.Height, pixels);
    }

    private static EvaluationData DataOf(ImageSet query, ImageSet gallery, List<(bool Query, int Place)> rows,
        List<float[]> embeddings, int dimension)
    {
        DataImage[] images = [.. rows.Select(row => (row.Query ? query : gallery).Images[row.Place])];
        int queries = rows.Count(row => row.Query);
        if (queries == 0 || queries == rows.Count)
        {
            throw new InvalidDataException(
                $"{queries} queries of '{query.Name}' and {rows.Count - queries} images of '{gallery.Name}' can be "
                + "read; at least one of each is needed.");
        }

        Dictionary<string, long> labels = Numbers(images.Select(image => image.Identity), from: 0);
        Dictionary<string, long> facets =
            Numbers(images.Select(image => image.Facet).Where(facet => facet.Length > 0), from: 2);
        return new EvaluationData(
            [.. embeddings.SelectMany(embedding => embedding)],
            dimension,
            [.. images.Select(image => labels[image.Identity])],
            [.. images.Select((image, row) => image.Facet.Length > 0 ? facets[image.Facet] : row < queries ? 0L : 1L)],
            queries);
    }

    private static Dictionary<string, long> Numbers(IEnumerable<string> names, long from) =>
        names.Distinct().Order(StringComparer.Ordinal).Select((name, number) => (name, number: number + from))
            .ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
}

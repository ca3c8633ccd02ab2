using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>Searches identities that are not trained on, by single images and by centroids.</summary>
internal sealed class PeriodicEvaluation
{
    private const int BatchSize = 64;

    private readonly ImageSet _query;
    private readonly ImageSet _gallery;
    private readonly TrainingOptions _options;
    private readonly Normalization _normalization;
    private readonly ImageReader _queries;
    private readonly ImageReader _galleries;

    public PeriodicEvaluation(ImageSet query, ImageSet gallery, TrainingOptions options)
    {
        (_query, _gallery, _options) = (query, gallery, options);
        _normalization = new Normalization(options.Network.Mean, options.Network.Std);
        _queries = Reader(query);
        _galleries = Reader(gallery);
    }

    /// <summary>
    /// Identities that are searched for and have no image in the gallery: their queries cannot be answered.
    /// </summary>
    public IReadOnlyList<string> Missing => EvaluationImages.WithoutGallery(_query, _gallery);

    /// <summary>Evaluates.</summary>
    /// <param name="network">The network; it is left in the mode it is in.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="epochs">Epochs done.</param>
    /// <param name="maxIdentities">How many identities of the gallery are used; 0 for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The figures; null where no query has something to find.</returns>
    public EvaluationRecord? Run(
        EmbeddingNetwork network, Device device, int epochs, int maxIdentities, CancellationToken cancellationToken)
    {
        HashSet<string> used = [.. _gallery.Images.Select(image => image.Identity).Distinct()
            .Take(maxIdentities == 0 ? int.MaxValue : maxIdentities)];
        Dictionary<string, long> identities = new(StringComparer.Ordinal);
        Dictionary<string, long> facets = new(StringComparer.Ordinal);
        List<float[]> embeddings = [];
        List<long> labels = [];
        List<long> conditions = [];
        int unreadable = 0;
        int queries = 0;
        bool training = network.training;
        network.eval();
        try
        {
            foreach ((ImageSet set, ImageReader reader) in new[] { (_query, _queries), (_gallery, _galleries) })
            {
                int[] places = [.. set.Images.Index()
                    .Where(item => used.Contains(item.Item.Identity)).Select(item => item.Index)];
                foreach (int[] chunk in places.Chunk(BatchSize))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    (int Place, PixelImage Pixels)[] read = [.. chunk.AsParallel().AsOrdered().Select(Load(reader))
                        .Where(item => item.Pixels is not null).Select(item => (item.Place, item.Pixels!))];
                    unreadable += chunk.Length - read.Length;
                    embeddings.AddRange(Embed(network, device, [.. read.Select(item => item.Pixels)]));
                    labels.AddRange(read.Select(item => Number(identities, set.Images[item.Place].Identity)));
                    conditions.AddRange(read.Select(item => FacetOf(facets, set, item.Place)));
                }

                queries = ReferenceEquals(set, _query) ? embeddings.Count : queries;
            }
        }
        finally
        {
            network.train(training);
        }

        return queries == 0 || queries == embeddings.Count
            ? null
            : Figures(embeddings, [.. labels], [.. conditions], queries, cancellationToken) is { } record
                ? record with { Epochs = epochs, Unreadable = unreadable }
                : null;
    }

    private EvaluationRecord? Figures(
        List<float[]> embeddings, long[] labels, long[] facets, int queries, CancellationToken cancellationToken)
    {
        EvaluationData data = new(
            [.. embeddings.SelectMany(row => row)], embeddings[0].Length, labels, facets, queries);
        EvaluationOptions options = new() { Protocol = _options.Evaluation.Protocol };
        EvaluationReport report = RetrievalEvaluation.Run(data, options, cancellationToken);
        if (report.Instance.MeanAveragePrecision is not { } instance
            || report.Centroid.MeanAveragePrecision is not { } centroid)
        {
            return null;
        }

        return new EvaluationRecord
        {
            Epochs = 0,
            Queries = report.Instance.Queries.Count,
            Identities = labels.Take(queries).Intersect(labels.Skip(queries)).Count(),
            InstanceMap = instance,
            InstanceRank1 = report.Instance.HitRate(1)!.Value,
            CentroidMap = centroid,
            CentroidRank1 = report.Centroid.HitRate(1)!.Value,
        };
    }

    private IEnumerable<float[]> Embed(EmbeddingNetwork network, Device device, PixelImage[] images)
    {
        if (images.Length == 0)
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        Tensor batch = ImageTensor.Create(images, _normalization).to(device); // [B, 3, H, W]
        float[] values = MemoryMarshal.Cast<byte, float>(network.call(batch).cpu().contiguous().bytes).ToArray();
        return values.Chunk(values.Length / images.Length);
    }

    private Func<int, (int Place, PixelImage? Pixels)> Load(ImageReader reader) => place =>
    {
        byte[] pixels = new byte[reader.Length];
        try
        {
            reader.Read(place, pixels);
            return (place, new PixelImage(_options.Network.Width, _options.Network.Height, pixels));
        }
        catch (Exception exception) when (ImageReader.IsUnreadable(exception))
        {
            return (place, null);
        }
    };

    private ImageReader Reader(ImageSet set) => new(
        set,
        _options.Network.Height,
        _options.Network.Width,
        ResizeFilter.Bilinear,
        (long)_options.Data.CacheMegabytes * 1024 * 1024 / 2,
        _options.Network.PictureFit);

    // By the fashion protocol nothing is left out: queries are of one condition, the gallery of another.
    private long FacetOf(Dictionary<string, long> facets, ImageSet set, int place) =>
        _options.Evaluation.Protocol == EvaluationProtocol.Reid
            ? Number(facets, set.Images[place].Facet)
            : ReferenceEquals(set, _query) ? 0 : 1;

    private static long Number(Dictionary<string, long> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out long number))
        {
            numbers[name] = number = numbers.Count;
        }

        return number;
    }
}

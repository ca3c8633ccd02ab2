using System.Globalization;

namespace OrleansGallery.Retrieval;

/// <summary>Makes what is ranked, for each mode and protocol.</summary>
internal sealed class GalleryItems(EvaluationData data, EvaluationOptions options)
{
    private readonly HashSet<long> _queried = [.. data.Labels[..data.Queries]];

    /// <summary>What a mode ranks, as the protocol has it (<see cref="EvaluationReport"/>).</summary>
    /// <param name="mode">The mode.</param>
    /// <returns>The items.</returns>
    public List<GalleryItem> Of(EvaluationMode mode) => mode == EvaluationMode.Instance
        ? Instances(keepUnqueried: true)
        : Centroids(keepUnqueried: options.Protocol == EvaluationProtocol.Fashion);

    /// <summary>Every gallery image.</summary>
    /// <param name="keepUnqueried">Whether identities without a query are in it.</param>
    /// <returns>The items, in the order of the gallery.</returns>
    public List<GalleryItem> Instances(bool keepUnqueried)
    {
        List<GalleryItem> items = [];
        for (int row = data.Queries; row < data.Labels.Length; row++)
        {
            if (keepUnqueried || _queried.Contains(data.Labels[row]))
            {
                items.Add(new GalleryItem(
                    data.Labels[row], [data.Facets[row]], ToCompare(data.Embedding(row).ToArray()), [row]));
            }
        }

        return items;
    }

    /// <summary>The centroids, by ascending identity.</summary>
    /// <param name="keepUnqueried">Whether identities without a query are in it.</param>
    /// <returns>The items.</returns>
    public List<GalleryItem> Centroids(bool keepUnqueried)
    {
        Dictionary<long, List<int>> images = Enumerable.Range(data.Queries, data.Gallery)
            .GroupBy(row => data.Labels[row]).ToDictionary(group => group.Key, group => group.ToList());
        List<GalleryItem> items = [];
        foreach ((long label, List<int> rows) in images.OrderBy(pair => pair.Key))
        {
            bool queried = _queried.Contains(label);
            if (queried || keepUnqueried)
            {
                items.AddRange(options.Protocol == EvaluationProtocol.Reid && queried
                    ? PerFacet(label, rows)
                    : [Whole(label, rows)]);
            }
        }

        return items;
    }

    /// <summary>A vector as it is compared.</summary>
    /// <param name="raw">A raw embedding; may be overwritten.</param>
    /// <returns>The vector, normalised if the options say so.</returns>
    public float[] ToCompare(float[] raw) => options.Normalize ? QueryVector.Normalize(raw) : raw;

    // One centroid per facet of the identity's queries, without that facet's images; equal ones once.
    private IEnumerable<GalleryItem> PerFacet(long label, List<int> rows)
    {
        IdentityCentroid centroid = Sum(rows);
        HashSet<string> made = [];
        long[] all = [.. rows.Select(FacetOf).Distinct().Order()];
        foreach (long facet in QueryFacets(label))
        {
            long[] used = [.. all.Where(other => other != facet)];
            if (used.Length > 0 && made.Add(string.Join(',', used)))
            {
                yield return new GalleryItem(
                    label, used, Mean(centroid, Name(facet)), [.. rows.Where(row => FacetOf(row) != facet)]);
            }
        }
    }

    // Nobody asks for this identity, or the protocol knows no facets: compared with every query.
    private GalleryItem Whole(long label, List<int> rows) => new(label, [], Mean(Sum(rows), null), rows);

    private IdentityCentroid Sum(List<int> rows)
    {
        IdentityCentroid centroid = new(data.Dimension);
        foreach (int row in rows)
        {
            centroid.Add(Name(FacetOf(row)), data.Embedding(row));
        }

        return centroid;
    }

    private float[] Mean(IdentityCentroid centroid, string? except)
    {
        double[] mean = new double[data.Dimension];
        centroid.GetMeanExcept(except, mean);
        float[] vector = new float[data.Dimension];
        if (!options.Normalize || !UnitVector.TryNormalize(mean, vector))
        {
            // A zero sum has no direction; it is as far from everything as it is.
            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] = (float)mean[i];
            }
        }

        return vector;
    }

    private long FacetOf(int row) => data.Facets[options.ReferenceCompatible ? row - data.Queries : row];

    private SortedSet<long> QueryFacets(long label)
    {
        SortedSet<long> facets = [];
        for (int row = 0; row < data.Queries; row++)
        {
            if (data.Labels[row] == label)
            {
                facets.Add(data.Facets[row]);
            }
        }

        return facets;
    }

    private static string Name(long facet) => facet.ToString(CultureInfo.InvariantCulture);
}

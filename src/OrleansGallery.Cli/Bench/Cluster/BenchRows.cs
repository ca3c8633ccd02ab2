using System.Globalization;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>
/// The vectors of the benchmark: those of its gallery, and extras that are enrolled while something is measured and
/// removed afterwards. Each is an identity of one image, made from its number alone.
/// </summary>
internal sealed class BenchRows(int seed, int count, int dimension)
{
    private const string ImageId = "1";

    // No id of the gallery's own rows begins with it: they are hexadecimal.
    private const string ExtraPrefix = "x";

    private readonly ClusteredRows _source = new(seed, count, dimension);

    public int Count => count;

    public int Dimension => dimension;

    public string Description => _source.Description;

    public static bool IsExtra(string identity) => identity.StartsWith(ExtraPrefix, StringComparison.Ordinal);

    public static string ExtraId(long extra) => string.Create(CultureInfo.InvariantCulture, $"{ExtraPrefix}{extra}");

    public IngestItem Item(int row) => ItemOf(row, RowIds.Of(row), row);

    public IngestItem Extra(long extra) => ItemOf(extra, ExtraId(extra), checked((int)(count + extra)));

    /// <summary>A unit query vector.</summary>
    public float[] Query(int query)
    {
        float[] unit = new float[dimension];
        _source.WriteQuery(query, unit);
        return QueryVector.Normalize(unit);
    }

    /// <summary>What the service makes of an item: the centroid that it compares.</summary>
    public static float[] CentroidOf(IngestItem item)
    {
        IdentityCentroid centroid = new(item.Vector!.Length);
        centroid.Add(string.Empty, item.Vector);
        float[] unit = new float[item.Vector.Length];
        centroid.TryGetCentroid(unit);
        return unit;
    }

    private IngestItem ItemOf(long number, string identity, int row)
    {
        float[] vector = new float[dimension];
        _source.WriteRow(row, vector);
        return new IngestItem { Seq = number, Identity = identity, ImageId = ImageId, Vector = vector };
    }
}

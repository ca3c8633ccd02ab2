using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Facets;

/// <summary>Identities with facets that change at random, and what a search without a facet must answer.</summary>
/// <param name="dimension">Components.</param>
/// <param name="seed">Of all that is random.</param>
/// <param name="facets">How many facets there are.</param>
internal sealed class FacetGallery(int dimension, int seed, int facets)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, (IdentityCentroid Centroid, List<(string Facet, float[] Vector)> Images)>
        _identities = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => Enumerable.Range(0, facets).Select(number => number == 0 ? "" : $"c{number}");

    public int Count => _identities.Values.Count(identity => identity.Centroid.Count > 0);

    /// <summary>Adds an image to one of some identities, or takes one away; now and then all of them.</summary>
    public RowChange Change(int identities)
    {
        string id = $"p{_random.Next(identities)}";
        if (!_identities.TryGetValue(id, out var identity))
        {
            _identities[id] = identity = (new IdentityCentroid(dimension), []);
        }

        int kind = _random.Next(12);
        for (int removals = kind == 0 ? identity.Images.Count : kind < 3 ? 1 : 0;
            removals > 0 && identity.Images.Count > 0;
            removals--)
        {
            (string facet, float[] vector) = identity.Images[^1];
            identity.Images.RemoveAt(identity.Images.Count - 1);
            identity.Centroid.Remove(facet, vector);
        }

        if (kind >= 3)
        {
            // Near enough to each other that bounds have to tell them apart.
            float[] vector = [.. Enumerable.Range(0, dimension).Select(i =>
                (float)(Math.Sin((i + id[^1]) * 0.7) + _random.NextDouble()))];
            string facet = _random.Next(facets) is var number and > 0 ? $"c{number}" : "";
            identity.Images.Add((facet, vector));
            identity.Centroid.Add(facet, vector);
        }

        return RowOf(id);
    }

    public IEnumerable<RowChange> Rows() => _identities.Keys.Select(RowOf);

    public ScanQuery Query(string? facet, int top) => new(
        QueryVector.Normalize([.. Enumerable.Range(0, dimension).Select(i =>
            (float)(Math.Sin((i + '0' + _random.Next(10)) * 0.7) + _random.NextDouble()))]),
        top)
    {
        ExcludedFacet = facet,
    };

    /// <summary>Every identity's centroid without the facet, compared one by one.</summary>
    public Match[] Expect(ScanQuery query)
    {
        float[] unit = new float[dimension];
        List<Match> matches = [];
        foreach ((string id, (IdentityCentroid centroid, _)) in _identities)
        {
            if (centroid.TryGetCentroidExcept(query.ExcludedFacet!, unit))
            {
                long left = centroid.Count - (centroid.Find(query.ExcludedFacet!)?.Count ?? 0);
                matches.Add(new Match(id, CanonicalScore.Score(query.Unit, unit), left));
            }
        }

        return [.. matches.Order(MatchOrder.Instance).Take(query.Top)];
    }

    private RowChange RowOf(string id)
    {
        IdentityCentroid centroid = _identities[id].Centroid;
        float[] unit = new float[dimension];
        return new(id, centroid.Count, centroid.TryGetCentroid(unit) ? unit : null)
        {
            Facets = centroid.WithoutEachFacet(),
        };
    }
}

namespace OrleansGallery.Retrieval;

/// <summary>Ranks gallery items for one query after the other and reads the order. Used by one thread.</summary>
internal sealed class QueryRanking
{
    private readonly IReadOnlyList<GalleryItem> _items;
    private readonly EvaluationDistance _distance;
    private readonly double[] _itemSquares;
    private readonly double[] _distances;
    private readonly int[] _order;

    public QueryRanking(IReadOnlyList<GalleryItem> items, EvaluationDistance distance)
    {
        _items = items;
        _distance = distance;
        _itemSquares = [.. items.Select(item => CanonicalScore.Score(item.Vector, item.Vector))];
        _distances = new double[items.Count];
        _order = new int[items.Count];
    }

    /// <summary>Ranks all items, nearest first, equal ones by their place; nothing is left out yet.</summary>
    /// <param name="query">The query as it is compared.</param>
    /// <returns>The items' places, best first; valid until the next call.</returns>
    public ReadOnlySpan<int> Rank(ReadOnlySpan<float> query)
    {
        double square = CanonicalScore.Score(query, query);
        for (int i = 0; i < _items.Count; i++)
        {
            double dot = CanonicalScore.Score(query, _items[i].Vector);
            _distances[i] = _distance == EvaluationDistance.Euclidean
                ? square + _itemSquares[i] - (2 * dot)
                : Math.Max(Math.Abs(1 - Cosine(dot, square * _itemSquares[i])), 1e-12);
            _order[i] = i;
        }

        _order.AsSpan().Sort((a, b) =>
        {
            int byDistance = _distances[a].CompareTo(_distances[b]);
            return byDistance != 0 ? byDistance : a.CompareTo(b);
        });
        return _order;
    }

    /// <summary>The first items of the last ranking, without those the query is not compared with.</summary>
    /// <param name="query">The query as it was compared.</param>
    /// <param name="label">Its identity.</param>
    /// <param name="facet">Its facet.</param>
    /// <param name="top">How many, at most.</param>
    /// <returns>The items, best first.</returns>
    public IReadOnlyList<RankedItem> Top(float[] query, long label, long facet, int top) =>
        [.. _order.Where(place => !_items[place].Excludes(label, facet)).Take(top).Select((place, position) =>
        {
            GalleryItem item = _items[place];
            double squares = CanonicalScore.Score(query, query) * _itemSquares[place];
            return new RankedItem(
                position + 1, item.Label, item.Rows[0], item.Rows.Count,
                ShownRange.Score(Cosine(CanonicalScore.Score(query, item.Vector), squares)), _distances[place],
                item.Label == label);
        })];

    /// <summary>Reads the last ranking.</summary>
    /// <param name="query">The query's row.</param>
    /// <param name="label">Its identity.</param>
    /// <param name="facet">Its facet.</param>
    /// <returns>How the query did; null: it has no correct item to find.</returns>
    public QueryResult? Read(int query, long label, long facet)
    {
        QueryTally tally = new();
        foreach (int place in _order)
        {
            GalleryItem item = _items[place];
            if (!item.Excludes(label, facet))
            {
                tally.Add(item.Label == label, _distances[place]);
            }
        }

        return tally.ToResult(query);
    }

    // A centroid whose images cancel out has no direction; a NaN would be sorted before everything.
    private static double Cosine(double dot, double squares) => squares > 0 ? dot / Math.Sqrt(squares) : 0;
}

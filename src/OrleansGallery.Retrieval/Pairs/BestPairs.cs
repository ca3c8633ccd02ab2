namespace OrleansGallery.Retrieval;

/// <summary>The best of all pairs that are added, each once. What is ranked behind <see cref="Bound"/> is left out, and
/// nothing else is: so the pairs kept are the first of all. Not thread-safe.</summary>
/// <param name="most">How many are kept, at least 1.</param>
/// <param name="bound">What is ranked behind it is left out from the beginning; null: nothing is.</param>
public sealed class BestPairs(int most, PairScore? bound = null)
{
    private readonly SortedSet<PairScore> _ranked = [];
    private readonly Dictionary<IdentityPair, double> _scores = [];

    /// <summary>How many are kept.</summary>
    public int Count => _ranked.Count;

    /// <summary>The last rank of which nothing is missing; null: nothing was left out.</summary>
    public PairScore? Bound { get; private set; } = bound;

    /// <summary>The pairs, best first.</summary>
    public IReadOnlyList<PairScore> Ranked => [.. _ranked];

    /// <summary>Adds a pair, or gives it another score.</summary>
    public void Add(PairScore pair)
    {
        if (_scores.TryGetValue(pair.Pair, out double old))
        {
            if (old.Equals(pair.Score))
            {
                return;
            }

            Remove(pair with { Score = old });
        }

        if (pair > Bound)
        {
            return;
        }

        _ranked.Add(pair);
        _scores.Add(pair.Pair, pair.Score);
        if (_ranked.Count > most)
        {
            Remove(_ranked.Max);
            Bound = _ranked.Max;
        }
    }

    /// <summary>Removes the pairs of some identities.</summary>
    /// <param name="isGone">Which identities.</param>
    public void RemoveAll(Func<string, bool> isGone)
    {
        ArgumentNullException.ThrowIfNull(isGone);
        foreach (PairScore pair in _ranked.Where(pair => isGone(pair.Pair.First) || isGone(pair.Pair.Second)).ToArray())
        {
            Remove(pair);
        }
    }

    /// <summary>The pairs of which each is the other's best.</summary>
    /// <param name="ranked">Pairs, best first.</param>
    public static IReadOnlySet<IdentityPair> FindMutual(IEnumerable<PairScore> ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        Dictionary<string, (double Score, string Other)> nearest = new(StringComparer.Ordinal);
        HashSet<IdentityPair> pairs = [];
        foreach ((IdentityPair pair, double score) in ranked)
        {
            Offer(pair.First, score, pair.Second);
            Offer(pair.Second, score, pair.First);
            pairs.Add(pair);
        }

        pairs.RemoveWhere(pair => nearest[pair.First].Other != pair.Second || nearest[pair.Second].Other != pair.First);
        return pairs;

        // Of equal scores the first id.
        void Offer(string identity, double score, string other)
        {
            if (!nearest.TryGetValue(identity, out (double Score, string Other) known) || score > known.Score
                || (score.Equals(known.Score) && string.CompareOrdinal(other, known.Other) < 0))
            {
                nearest[identity] = (score, other);
            }
        }
    }

    private void Remove(PairScore pair)
    {
        _ranked.Remove(pair);
        _scores.Remove(pair.Pair);
    }
}

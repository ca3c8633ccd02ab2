namespace OrleansGallery.Retrieval;

/// <summary>Two identities with the score of their centroids; the best score is the least, equal scores by ids
/// (ordinal).</summary>
/// <param name="Pair">The identities.</param>
/// <param name="Score">Cosine similarity, -1 to 1.</param>
public readonly record struct PairScore(IdentityPair Pair, double Score) : IComparable<PairScore>
{
    /// <inheritdoc />
    public int CompareTo(PairScore other)
    {
        int order = other.Score.CompareTo(Score);
        order = order != 0 ? order : string.CompareOrdinal(Pair.First, other.Pair.First);
        return order != 0 ? order : string.CompareOrdinal(Pair.Second, other.Pair.Second);
    }

    /// <summary>Whether one is ranked before another.</summary>
    public static bool operator <(PairScore left, PairScore right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is ranked behind another.</summary>
    public static bool operator >(PairScore left, PairScore right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not ranked behind another.</summary>
    public static bool operator <=(PairScore left, PairScore right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not ranked before another.</summary>
    public static bool operator >=(PairScore left, PairScore right) => left.CompareTo(right) >= 0;
}

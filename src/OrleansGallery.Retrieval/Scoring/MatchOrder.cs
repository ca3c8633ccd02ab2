namespace OrleansGallery.Retrieval;

/// <summary>The order of an answer: best score first, equal scores by identity id (ordinal).</summary>
public sealed class MatchOrder : IComparer<Match>
{
    private MatchOrder()
    {
    }

    /// <summary>The order as a comparer; what sorts first is better.</summary>
    public static MatchOrder Instance { get; } = new();

    /// <summary>Merges partial answers: the best of all of them.</summary>
    /// <param name="answers">Each in any order; no identity in two of them.</param>
    /// <param name="top">The most matches to return.</param>
    /// <returns>At most <paramref name="top"/> matches, in order.</returns>
    public static IReadOnlyList<Match> Merge(IEnumerable<IReadOnlyList<Match>> answers, int top)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        return answers.SelectMany(matches => matches).Order(Instance).Take(top).ToArray();
    }

    /// <summary>The k-th score of an answer: a row below it is no match.</summary>
    /// <param name="matches">The answer, in order.</param>
    /// <param name="top">How many were asked for, at least 1.</param>
    /// <returns>The score of the last one; null where there are fewer than were asked for.</returns>
    public static double? KthScore(IReadOnlyList<Match> matches, int top)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return matches.Count < top ? null : matches[top - 1].Score;
    }

    /// <summary>Compares two matches.</summary>
    /// <param name="x">The first.</param>
    /// <param name="y">The second.</param>
    /// <returns>Negative where the first is better.</returns>
    public int Compare(Match x, Match y)
    {
        int byScore = y.Score.CompareTo(x.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(x.IdentityId, y.IdentityId);
    }
}

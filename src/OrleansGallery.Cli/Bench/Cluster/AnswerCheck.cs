using System.Globalization;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>Compares a complete answer with brute force, while something is being enrolled.</summary>
internal static class AnswerCheck
{
    private const double Tolerance = 1e-9;

    /// <param name="expected">The best of what was acknowledged before the search began, in order.</param>
    /// <param name="possible">What may be found besides: it was sent, and not acknowledged by then.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>What is wrong; null: nothing is.</returns>
    public static string? FaultOf(
        IReadOnlyList<Match> expected, IReadOnlyDictionary<string, double> possible, IReadOnlyList<SearchMatch> answer)
    {
        if (answer.Count < expected.Count)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{answer.Count} matches instead of {expected.Count}");
        }

        int next = 0;
        double last = double.PositiveInfinity;
        foreach (SearchMatch match in answer)
        {
            string? identity = possible.TryGetValue(match.Identity, out double score) ? match.Identity : null;
            if (identity is null && next < expected.Count)
            {
                (identity, score) = (expected[next].IdentityId, ShownRange.Score(expected[next].Score));
                next++;
            }

            if (match.Identity != identity || Math.Abs(match.Score - score) > Tolerance || match.Score > last)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"rank {match.Rank} is {match.Identity} at {match.Score}; it should be {identity} at {score}");
            }

            last = match.Score;
        }

        return null;
    }
}

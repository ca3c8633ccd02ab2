using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>What an answer means: known, ambiguous or unknown.</summary>
internal static class DecisionRule
{
    /// <param name="matches">By score, best first; two of them are enough.</param>
    /// <param name="threshold">The score below which the best match counts as unknown; null: none.</param>
    /// <param name="margin">The lead over the second best below which the decision is ambiguous.</param>
    public static Decision Decide(IReadOnlyList<Match> matches, double? threshold, double margin)
    {
        if (matches.Count == 0 || matches[0].Score < threshold)
        {
            return Decision.Unknown;
        }

        return matches.Count > 1 && matches[0].Score - matches[1].Score < margin ? Decision.Ambiguous : Decision.Known;
    }
}

using OrleansGallery.Abstractions;
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

    /// <summary>What the decision of a search goes by.</summary>
    public static DecisionBasis BasisOf(SearchRequest search, Gallery gallery)
    {
        ThresholdSource source = search.Threshold is not null ? ThresholdSource.Request
            : gallery.Calibration is not null ? ThresholdSource.Calibration
            : gallery.Settings.Threshold is not null ? ThresholdSource.Gallery
            : ThresholdSource.None;
        return new DecisionBasis
        {
            Threshold = search.Threshold ?? gallery.Settings.Threshold,
            Source = source,
            Fpir = source == ThresholdSource.Calibration ? gallery.Calibration?.Fpir : null,
            Margin = gallery.Settings.Margin,
        };
    }
}

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
    /// <param name="search">The search.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="isMeasured">Whether it is a search as a calibration makes them: for one new image among all
    /// images.</param>
    public static DecisionBasis BasisOf(SearchRequest search, Gallery gallery, bool isMeasured)
    {
        ThresholdSource source = search.Threshold is not null ? ThresholdSource.Request
            : gallery.Calibration is not null ? ThresholdSource.Calibration
            : gallery.Threshold is not null ? ThresholdSource.Gallery
            : ThresholdSource.None;
        CalibrationResponse? calibration = source == ThresholdSource.Calibration ? gallery.Calibration : null;
        return new DecisionBasis
        {
            Threshold = search.Threshold ?? gallery.Threshold,
            Source = source,
            Fpir = isMeasured && calibration is { Stale: false } ? calibration.Fpir : null,
            Stale = calibration?.Stale == true,
            Margin = gallery.Settings.Margin,
        };
    }
}

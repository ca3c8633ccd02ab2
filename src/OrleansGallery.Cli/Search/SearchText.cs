using System.Globalization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Answers of searches as people read them.</summary>
internal static class SearchText
{
    public static void Write(CommandOutput output, SearchResponse answer)
    {
        output.WriteLine(DecisionOf(answer) + BasisOf(answer.DecidedBy) + (answer.Partial
            ? $" (partial: {answer.Partitions.Answered} of {answer.Partitions.Asked} partitions answered)"
            : string.Empty));
        output.WriteTable(
            ["rank", "identity", "score", "images"],
            answer.Matches.Select(match => (IReadOnlyList<string>)
            [
                match.Rank.ToString(CultureInfo.InvariantCulture),
                match.Identity,
                Figures.Score(match.Score),
                Figures.Count(match.Count),
            ]));
    }

    /// <summary>One line per search of a batch.</summary>
    public static void Write(CommandOutput output, IReadOnlyList<SearchBatchResult> results) => output.WriteTable(
        ["query", "decision", "identity", "score"],
        results.Select((result, i) => (IReadOnlyList<string>)
        [
            (i + 1).ToString(CultureInfo.InvariantCulture),
            result.Answer is { } answer ? DecisionOf(answer) : $"{result.Error?.Code}: {result.Error?.Message}",
            result.Answer?.Matches is [var best, ..] ? best.Identity : string.Empty,
            result.Answer?.Matches is [var first, ..] ? Figures.Score(first.Score) : string.Empty,
        ]));

    private static string BasisOf(DecisionBasis? basis) => basis is not { Threshold: { } threshold } ? string.Empty
        : $", threshold {Figures.Score(threshold)}" + basis.Source switch
        {
            ThresholdSource.Calibration => $" calibrated for an FPIR of {Figures.Share(basis.Fpir ?? 0)}",
            ThresholdSource.Request => " of this search",
            _ => string.Empty,
        };

    private static string DecisionOf(SearchResponse answer) => answer.Decision.ToString().ToLowerInvariant();
}

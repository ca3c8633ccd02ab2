using System.Globalization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Observations in words.</summary>
internal static class ObservationText
{
    /// <summary>What became of one, in a line.</summary>
    public static string Of(ObservationResponse answer)
    {
        string best = answer.Candidates is [var first, ..]
            ? $" (best: '{first.Identity}', {Figures.Score(first.Score)})"
            : string.Empty;
        string outcome = answer.Status switch
        {
            ObservationStatus.Joined => $"joined '{answer.Identity}'",
            ObservationStatus.Founded => $"founded '{answer.Identity}'",
            _ => $"parked as '{answer.Identity}'",
        };
        return outcome + best
            + (answer.SimilarTo is { } similar ? $", may be '{similar}'" : string.Empty)
            + (answer.Duplicate ? ", before" : string.Empty);
    }

    /// <summary>Candidates in a line.</summary>
    public static string Of(IReadOnlyList<ObservationMatch> candidates) => candidates.Count == 0
        ? "-"
        : string.Join(", ", candidates.Select(one => $"{one.Identity} {Figures.Score(one.Score)}"));

    public static string Of(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    public static string Word(IdentityState? state) => state?.ToString().ToLowerInvariant() ?? "gone";
}

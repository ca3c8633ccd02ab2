using System.Globalization;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>By what an observation is decided. The score of the best identity at or above the join threshold, and ahead
/// of the second by the margin at least: it joins that one. Below the found threshold: it founds one. Else it is
/// parked.</summary>
public sealed record ObservationRule
{
    private ObservationRule()
    {
    }

    /// <summary>The score from which on it joins, -1 to 1.</summary>
    public double JoinThreshold { get; private init; }

    /// <summary>The score below which it founds, at most <see cref="JoinThreshold"/>.</summary>
    public double FoundThreshold { get; private init; }

    /// <summary>The lead over the second that joining takes, 0 to 2.</summary>
    public double Margin { get; private init; }

    /// <summary>The rule that an observation was decided by.</summary>
    /// <param name="record">The observation.</param>
    internal static ObservationRule Of(ObservationRecord record) => new()
    {
        JoinThreshold = record.JoinThreshold, FoundThreshold = record.FoundThreshold, Margin = record.Margin,
    };

    /// <summary>The rule for a gallery. What the request leaves out is the gallery's setting; without one the join
    /// threshold is the score below which a search answers <c>unknown</c>, the found threshold is the join threshold
    /// and the margin is the search's.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="join">The request's join threshold; null: it leaves it out.</param>
    /// <param name="found">Its found threshold; likewise.</param>
    /// <param name="margin">Its margin; likewise.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="InvalidRequestException">There is no join threshold, or a number is out of order.</exception>
    public static ObservationRule Of(Gallery gallery, double? join, double? found, double? margin)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ObserveSettings? settings = gallery.Settings.Observe;
        double joins = join ?? settings?.JoinThreshold ?? gallery.Threshold ?? throw new InvalidRequestException(
            $"The gallery '{gallery.Name}' has no threshold to observe by: calibrate it, create it with "
            + "observe.joinThreshold, or send joinThreshold.");
        ObservationRule rule = new()
        {
            JoinThreshold = joins,
            FoundThreshold = found ?? settings?.FoundThreshold ?? joins,
            Margin = margin ?? settings?.Margin ?? gallery.Settings.Margin,
        };
        return ObserveSettings.FindFault(rule.JoinThreshold, rule.FoundThreshold, rule.Margin) is { } fault
            ? throw new InvalidRequestException(fault)
            : rule;
    }

    /// <summary>What becomes of an observation.</summary>
    /// <param name="matches">The exact best identities, best first; two of them are enough.</param>
    /// <returns>The decision.</returns>
    public ObservationDecision Decide(IReadOnlyList<Match> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        return matches.Count == 0 || matches[0].Score < FoundThreshold ? ObservationDecision.Founded
            : matches[0].Score >= JoinThreshold
                && (matches.Count == 1 || matches[0].Score - matches[1].Score >= Margin)
                ? ObservationDecision.Joined
            : ObservationDecision.Parked;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"join {JoinThreshold}, found {FoundThreshold}, margin {Margin}");
}

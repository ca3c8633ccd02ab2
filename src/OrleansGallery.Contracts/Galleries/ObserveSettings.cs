using System.Globalization;
using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>How a gallery decides about images of which nobody says whose they are
/// (<c>POST .../images:observe</c>).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ObserveSettings
{
    /// <summary>The most images that <see cref="PromoteImages"/> may be.</summary>
    public const int MaxPromoteImages = 1_000;

    /// <summary>The score from which on an image joins the best identity. Default: the gallery's threshold, by
    /// calibration or by its creator.</summary>
    public double? JoinThreshold { get; init; }

    /// <summary>The score below which it founds a provisional identity; between the two it is parked. Default:
    /// <see cref="JoinThreshold"/>.</summary>
    public double? FoundThreshold { get; init; }

    /// <summary>The lead over the second best that joining takes. Default: the gallery's margin.</summary>
    public double? Margin { get; init; }

    /// <summary>With how many images a provisional identity becomes one as any other. Default: 3.</summary>
    public int PromoteImages { get; init; } = 3;

    /// <summary>The dispersion (mean of 1 - score to their centroid) that these images may have. Default:
    /// 0.3.</summary>
    public double PromoteDispersion { get; init; } = 0.3;

    /// <summary>After how many days without another image a provisional identity is dissolved. Default:
    /// never.</summary>
    public double? DissolveAfterDays { get; init; }

    /// <summary>The first rule that thresholds and a margin break.</summary>
    /// <param name="join">The join threshold.</param>
    /// <param name="found">The found threshold.</param>
    /// <param name="margin">The margin.</param>
    /// <returns>The fact and the value; null: none is broken.</returns>
    public static string? FindFault(double join, double found, double margin) =>
        !(Math.Abs(join) <= 1) ? Text($"joinThreshold is {join}; a score is -1 to 1.")
        : !(Math.Abs(found) <= 1) ? Text($"foundThreshold is {found}; a score is -1 to 1.")
        : found > join ? Text(
            $"foundThreshold is {found}, above the joinThreshold of {join}; at most as high is possible. Give both.")
        : !(margin is >= 0 and <= 2) ? Text($"margin is {margin}; it must be 0 to 2.")
        : null;

    /// <summary>The first rule that these settings break.</summary>
    /// <returns>The fact and the value; null: none is broken.</returns>
    public string? FindFault() =>
        FindFault(JoinThreshold ?? 1, FoundThreshold ?? JoinThreshold ?? -1, Margin ?? 0) is { } fault
            ? $"observe: {fault}"
        : PromoteImages is < 1 or > MaxPromoteImages
            ? Text($"observe.promoteImages is {PromoteImages}; it must be 1 to {MaxPromoteImages}.")
        : !(PromoteDispersion is >= 0 and <= 2)
            ? Text($"observe.promoteDispersion is {PromoteDispersion}; it must be 0 to 2.")
        : DissolveAfterDays is { } days && !(days is > 0 and <= 36_500)
            ? Text($"observe.dissolveAfterDays is {days}; it must be above 0 and at most 36,500, or left out.")
        : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

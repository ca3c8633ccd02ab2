using OrleansGallery.Retrieval;

namespace OrleansGallery.Training;

/// <summary>How often the nearest centroid was the right one.</summary>
public sealed record EpisodeResult
{
    private const double NormalQuantile = 1.96;

    /// <summary>Identities of an episode.</summary>
    public required int Ways { get; init; }

    /// <summary>Images behind a centroid.</summary>
    public required int Shots { get; init; }

    /// <summary>Queries of an episode, over all its identities.</summary>
    public required int Queries { get; init; }

    /// <summary>By what the nearest was found.</summary>
    public required EvaluationDistance Distance { get; init; }

    /// <summary>Episodes.</summary>
    public required int Episodes { get; init; }

    /// <summary>The mean share of right answers, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>
    /// Half the width of the mean's 95 % interval: 1.96 standard deviations of an episode's share (n - 1) by the square
    /// root of the number of episodes; 0 for a single episode.
    /// </summary>
    public required double Interval { get; init; }

    /// <summary>Mean and interval of episodes' shares.</summary>
    /// <param name="shares">Each episode's share of right answers.</param>
    /// <returns>Mean and half width.</returns>
    public static (double Mean, double Interval) MeanOf(IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentOutOfRangeException.ThrowIfZero(shares.Count);
        double mean = shares.Average();
        double variance = shares.Sum(share => (share - mean) * (share - mean)) / Math.Max(1, shares.Count - 1);
        return (mean, NormalQuantile * Math.Sqrt(variance / shares.Count));
    }
}

namespace OrleansGallery.Retrieval;

/// <summary>
/// What a threshold does to a gallery of which not everybody is a member (open-set identification). False-positive
/// identification rate (FPIR): the share of queries without their own identity whose best score reaches the threshold.
/// False-negative identification rate (FNIR): the share of queries whose own identity does not, or is not first.
/// </summary>
public sealed class OpenSetScores
{
    // 0 of n trials: with 95 % confidence the rate is below 3/n.
    private const double RuleOfThree = 3;

    // 95 % of a normal distribution are within so many standard deviations.
    private const double Confidence = 1.959964;

    private readonly IReadOnlyList<OpenSetQuery> _queries;
    private readonly double[] _impostors;
    private readonly double[] _genuine;

    /// <summary>Takes the scores.</summary>
    /// <param name="queries">At least one.</param>
    public OpenSetScores(IReadOnlyList<OpenSetQuery> queries)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfZero(queries.Count, nameof(queries));
        _queries = queries;
        _impostors = [.. queries.Select(query => query.Impostor).Order()];
        // Who is not first is missed at every threshold.
        _genuine =
        [
            .. queries.Where(query => query.Genuine is not null)
                .Select(query => query.Genuine > query.Impostor ? query.Genuine.Value : double.NegativeInfinity)
                .Order(),
        ];
    }

    /// <summary>Queries, each one search without its own identity.</summary>
    public int Count => _impostors.Length;

    /// <summary>Those of them that have an identity without them, too.</summary>
    public int GenuineCount => _genuine.Length;

    /// <summary>The smallest FPIR that so many queries can show.</summary>
    public double SmallestFalsePositiveRate => RuleOfThree / Count;

    /// <summary>How many queries it takes to show a rate.</summary>
    /// <param name="rate">FPIR, above 0.</param>
    /// <returns>The number.</returns>
    public static long QueriesFor(double rate) => (long)Math.Ceiling(Math.Min(RuleOfThree / rate, long.MaxValue / 2));

    /// <summary>FPIR at a threshold.</summary>
    /// <param name="threshold">The score that is enough.</param>
    /// <returns>0 to 1.</returns>
    public double FalsePositiveRate(double threshold) =>
        (double)(Count - CountBelow(_impostors, threshold)) / Count;

    /// <summary>FNIR at a threshold.</summary>
    /// <param name="threshold">The score that is enough.</param>
    /// <returns>0 to 1; null: no query has an identity without it.</returns>
    public double? FalseNegativeRate(double threshold) =>
        GenuineCount == 0 ? null : (double)CountBelow(_genuine, threshold) / GenuineCount;

    /// <summary>The threshold for a rate: between the last score that has to be refused and the next above
    /// it.</summary>
    /// <param name="rate">FPIR, above 0 and below 1.</param>
    /// <returns>The threshold; null: too many queries have a score of 1 with another identity.</returns>
    public double? FindThreshold(double rate)
    {
        // 0.29 times 100 is a little less than 29.
        int allowed = Math.Min((int)Math.Floor((rate * Count) + 1e-9), Count - 1);
        double refused = _impostors[Count - 1 - allowed];
        int next = Array.FindIndex(_impostors, Count - 1 - allowed, score => score > refused);
        double above = next < 0 ? Math.BitIncrement(refused) : _impostors[next];
        double between = refused + ((above - refused) / 2);
        double threshold = between > refused ? between : above;
        return threshold <= 1 ? threshold : null;
    }

    /// <summary>Where the FPIR of all such queries lies with 95 % confidence: Wilson's interval for as many independent
    /// queries as would vary as these do. Those of one identity vary together.</summary>
    /// <param name="threshold">The score that is enough.</param>
    /// <returns>The ends, 0 to 1.</returns>
    public (double Low, double High) FalsePositiveInterval(double threshold)
    {
        double rate = FalsePositiveRate(threshold);
        double trials = IndependentQueries(threshold, rate);
        double square = Confidence * Confidence;
        double middle = (rate + (square / (2 * trials))) / (1 + (square / trials));
        double half = Confidence / (1 + (square / trials))
            * Math.Sqrt((rate * (1 - rate) / trials) + (square / (4 * trials * trials)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>Thresholds at equal distances over all scores.</summary>
    /// <param name="points">How many, at least two.</param>
    /// <returns>The thresholds, ascending, -1 to 1.</returns>
    public double[] Thresholds(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        double[] genuine = [.. _queries.Select(query => query.Genuine).OfType<double>()];
        double low = Math.Max(-1, Math.Min(_impostors[0], genuine.DefaultIfEmpty(1).Min()) - 0.01);
        double high = Math.Min(1, Math.Max(_impostors[^1], genuine.DefaultIfEmpty(-1).Max()) + 0.01);
        return [.. Enumerable.Range(0, points).Select(i => low + ((high - low) * i / (points - 1)))];
    }

    // p (1 - p) / v, where v is the variance of a ratio of sums over identities (Cochran, Sampling Techniques, 6.2).
    private double IndependentQueries(double threshold, double rate)
    {
        (int Queries, int Alarms)[] identities =
        [
            .. _queries.GroupBy(query => query.Identity)
                .Select(group => (group.Count(), group.Count(query => query.Impostor >= threshold))),
        ];
        double most = Count;
        if (rate is 0 or 1 || identities.Length < 2)
        {
            return identities.Length;
        }

        double squares = identities.Sum(one => Math.Pow(one.Alarms - (rate * one.Queries), 2));
        double variance = squares * identities.Length / (identities.Length - 1) / most / most;
        return Math.Clamp(rate * (1 - rate) / variance, 1, most);
    }

    private static int CountBelow(double[] sorted, double threshold)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < threshold ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

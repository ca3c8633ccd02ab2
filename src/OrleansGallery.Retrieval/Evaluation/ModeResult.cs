namespace OrleansGallery.Retrieval;

/// <summary>How well one mode (instances or centroids) did.</summary>
public sealed record ModeResult
{
    /// <summary>The ranks at which hits are counted.</summary>
    public static IReadOnlyList<int> Ranks { get; } = [1, 5, 10, 20, 50];

    /// <summary>Queries that have a correct item to find.</summary>
    public required IReadOnlyList<QueryResult> Queries { get; init; }

    /// <summary>Vectors that a query is compared with.</summary>
    public required int Gallery { get; init; }

    /// <summary>Bytes of those vectors in float32.</summary>
    public required long Bytes { get; init; }

    /// <summary>Milliseconds per query, to compare and rank.</summary>
    public required double SearchMs { get; init; }

    /// <summary>Mean average precision; null: no query has a correct item.</summary>
    public double? MeanAveragePrecision => Mean(query => query.AveragePrecision);

    /// <summary>Mean inverse negative penalty (mINP); null: no query has a correct item.</summary>
    public double? MeanInverseNegativePenalty => Mean(query => query.InverseNegativePenalty);

    /// <summary>Share of queries with a correct item among the first k (CMC); null: no query has one to find.</summary>
    /// <param name="k">The rank, from 1.</param>
    /// <returns>0 to 1.</returns>
    public double? HitRate(int k) => Mean(query => query.FirstCorrectRank <= k ? 1 : 0);

    /// <summary>
    /// Open set: the share of queries that miss their identity (FNIR) at the threshold at which a share of searches for
    /// an identity that is not enrolled gives an alarm (FPIR). Such a search is each query against the items of all
    /// other identities. A miss is a query whose own identity is not first, or not within the threshold.
    /// </summary>
    /// <param name="falsePositiveShare">FPIR, above 0 and below 1.</param>
    /// <returns>FNIR; null: no query has a correct item.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public double? FalseNegativeShareAt(double falsePositiveShare)
    {
        if (falsePositiveShare is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(falsePositiveShare), falsePositiveShare, "FPIR is a share above 0 and below 1.");
        }

        if (Queries.Count == 0)
        {
            return null;
        }

        double[] impostors = [.. Queries.Select(query => query.ImpostorDistance).Order()];
        // The largest threshold at which no more than that share of impostors is nearer.
        double threshold = impostors[(int)Math.Floor(falsePositiveShare * impostors.Length)];
        return Mean(query => query.FirstCorrectRank == 1 && query.MateDistance < threshold ? 0 : 1);
    }

    private double? Mean(Func<QueryResult, double> value) => Queries.Count == 0 ? null : Queries.Average(value);
}

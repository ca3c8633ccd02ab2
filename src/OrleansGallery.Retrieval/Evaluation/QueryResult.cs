namespace OrleansGallery.Retrieval;

/// <summary>How one query did.</summary>
/// <param name="Query">The query's row.</param>
/// <param name="AveragePrecision">AP over all correct items, without interpolation.</param>
/// <param name="InverseNegativePenalty">Correct items / rank of the last correct one (INP).</param>
/// <param name="FirstCorrectRank">The rank of the first correct item, from 1.</param>
/// <param name="MateDistance">The distance of that item.</param>
/// <param name="ImpostorDistance">The distance of the nearest item of another identity; infinite: there is
/// none.</param>
public sealed record QueryResult(
    int Query, double AveragePrecision, double InverseNegativePenalty, int FirstCorrectRank, double MateDistance,
    double ImpostorDistance);

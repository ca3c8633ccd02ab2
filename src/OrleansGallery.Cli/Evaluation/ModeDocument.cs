using System.Text.Json.Serialization;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>One mode's figures in <c>gallery evaluate --json</c>.</summary>
internal sealed record ModeDocument
{
    [JsonPropertyName("mAP")]
    public required double? MeanAveragePrecision { get; init; }

    [JsonPropertyName("mINP")]
    public required double? MeanInverseNegativePenalty { get; init; }

    public required double? Rank1 { get; init; }

    public required double? Rank5 { get; init; }

    public required double? Rank10 { get; init; }

    public required double? Rank20 { get; init; }

    public required double? Rank50 { get; init; }

    /// <summary>Queries that have a correct item to find.</summary>
    public required int Queries { get; init; }

    /// <summary>Queries that have none and do not count.</summary>
    public required int QueriesWithoutMatch { get; init; }

    /// <summary>Whether gallery identities that no query is of are kept or dropped.</summary>
    public required string IdentitiesWithoutQuery { get; init; }

    /// <summary>Vectors that a query is compared with.</summary>
    public required int Gallery { get; init; }

    public required long Bytes { get; init; }

    public required double SearchMs { get; init; }

    /// <summary>Misses in the open set where one false search in ten gives an alarm.</summary>
    public required double? FnirAtFpir10 { get; init; }

    /// <summary>The same where one in a hundred does.</summary>
    public required double? FnirAtFpir1 { get; init; }

    public static ModeDocument Of(ModeResult result, int queries, bool kept) => new()
    {
        MeanAveragePrecision = result.MeanAveragePrecision,
        MeanInverseNegativePenalty = result.MeanInverseNegativePenalty,
        Rank1 = result.HitRate(1),
        Rank5 = result.HitRate(5),
        Rank10 = result.HitRate(10),
        Rank20 = result.HitRate(20),
        Rank50 = result.HitRate(50),
        Queries = result.Queries.Count,
        QueriesWithoutMatch = queries - result.Queries.Count,
        IdentitiesWithoutQuery = kept ? "kept" : "dropped",
        Gallery = result.Gallery,
        Bytes = result.Bytes,
        SearchMs = result.SearchMs,
        FnirAtFpir10 = result.FalseNegativeShareAt(0.1),
        FnirAtFpir1 = result.FalseNegativeShareAt(0.01),
    };
}

using System.Text.Json.Serialization;

namespace OrleansGallery.Cli;

/// <summary>One embedding or centroid as it is exported, an object of NDJSON that <c>gallery import</c> reads.
/// </summary>
internal sealed record ExportRow
{
    /// <summary>The id that a centroid is imported with.</summary>
    public const string CentroidId = "centroid";

    public required string Identity { get; init; }

    public required string ImageId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Facet { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Of how many images a centroid is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }
}

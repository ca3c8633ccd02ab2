using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>POST .../search</c>.</summary>
public sealed record SearchResponse
{
    /// <summary>What the gallery's threshold and margin make of the best match.</summary>
    public required Decision Decision { get; init; }

    /// <summary>What the decision went by; null: the service is too old to say so.</summary>
    public DecisionBasis? DecidedBy { get; init; }

    /// <summary>The exact best matches, by score, then by identity id.</summary>
    public required IReadOnlyList<SearchMatch> Matches { get; init; }

    /// <summary>Whether some partitions did not answer in time.</summary>
    public required bool Partial { get; init; }

    /// <summary>Whether the store has confirmed within the last seconds that the rows compared are the last. False: a
    /// part of the service is cut off from the store, and another may know more.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>How many partitions were asked and how many answered.</summary>
    public required PartitionsAsked Partitions { get; init; }

    /// <summary>What the scans did.</summary>
    public required SearchEvidence Evidence { get; init; }

    /// <summary>What the query was made of, where that was several examples.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SearchedQuery? Query { get; init; }

    /// <summary>The query's embedding, where it was asked for; read it back with round-trip precision.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Vector { get; init; }
}

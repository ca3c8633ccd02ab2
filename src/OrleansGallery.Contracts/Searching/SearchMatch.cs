namespace OrleansGallery.Contracts;

/// <summary>One match.</summary>
public sealed record SearchMatch
{
    /// <summary>The position in the answer, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The identity's id.</summary>
    public required string Identity { get; init; }

    /// <summary>Cosine similarity of the query and the centroid, -1 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The identity's images that were compared: without those of a facet left out.</summary>
    public required long Count { get; init; }
}

namespace OrleansGallery.Contracts;

/// <summary>Answer of <c>GET /v1/cluster</c>: the cluster at one moment.</summary>
public sealed record ClusterResponse
{
    /// <summary>Every silo that has not left, by name.</summary>
    public required IReadOnlyList<ClusterSilo> Silos { get; init; }

    /// <summary>Partitions that are being moved.</summary>
    public required IReadOnlyList<ClusterMove> Moves { get; init; }

    /// <summary>Every gallery, by name.</summary>
    public required IReadOnlyList<ClusterGallery> Galleries { get; init; }
}

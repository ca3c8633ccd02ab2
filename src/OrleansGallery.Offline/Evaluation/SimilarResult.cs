namespace OrleansGallery.Offline;

/// <summary>The vectors of a set nearest to one query, nearest first.</summary>
public sealed record SimilarResult
{
    /// <summary>The query's path.</summary>
    public required string Query { get; init; }

    /// <summary>Rows of the set.</summary>
    public required IReadOnlyList<int> Indices { get; init; }

    /// <summary>Their paths, or names where the set is of centroids.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Their distances.</summary>
    public required IReadOnlyList<double> Distances { get; init; }
}

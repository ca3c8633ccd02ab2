namespace OrleansGallery.Contracts;

/// <summary>One silo of the cluster.</summary>
public sealed record ClusterSilo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does: <c>gallery</c>, <c>embedding</c>, <c>api</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary><c>joining</c>, <c>active</c>, <c>draining</c> (told to stop, hands over), <c>shuttingdown</c>,
    /// <c>stopping</c>, or <c>silent</c> (active, but it did not answer).</summary>
    public required string Status { get; init; }

    /// <summary>The partitions that it holds.</summary>
    public required int Partitions { get; init; }

    /// <summary>The rows that it searches.</summary>
    public required long Rows { get; init; }

    /// <summary>How long ago the store last confirmed what it holds, in milliseconds; null: it holds nothing.</summary>
    public required double? LeaseAgeMs { get; init; }

    /// <summary>Changes that wait for the store.</summary>
    public required int Queue { get; init; }
}

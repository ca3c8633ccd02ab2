namespace OrleansGallery.Abstractions;

/// <summary>One silo.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SiloSummary")]
public sealed record SiloSummary
{
    /// <summary>Its plain name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Its roles.</summary>
    [Id(1)]
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Lower-case: <c>joining</c>, <c>active</c>, <c>draining</c> (told to stop, hands over),
    /// <c>shuttingdown</c>, <c>stopping</c>, or <c>silent</c> (active, but it did not answer).</summary>
    [Id(2)]
    public required string Status { get; init; }

    /// <summary>The partitions that it holds.</summary>
    [Id(3)]
    public required int Partitions { get; init; }

    /// <summary>The rows that it searches.</summary>
    [Id(4)]
    public required long Rows { get; init; }

    /// <summary>How long ago the store last confirmed what it holds; null: it holds nothing.</summary>
    [Id(5)]
    public TimeSpan? LeaseAge { get; init; }

    /// <summary>Changes that wait for the store, and images that wait for a model.</summary>
    [Id(6)]
    public required int Queue { get; init; }
}

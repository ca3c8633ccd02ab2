namespace OrleansGallery.Abstractions;

/// <summary>One partition as it is now.</summary>
[GenerateSerializer, Immutable, Alias("gallery.PartitionSummary")]
public sealed record PartitionSummary
{
    /// <summary>Which activation owns it.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>Its count of commits.</summary>
    [Id(1)]
    public required long Sequence { get; init; }

    /// <summary>Lower-case hex of its hash.</summary>
    [Id(2)]
    public required string Hash { get; init; }

    /// <summary>Identities that have at least one image.</summary>
    [Id(3)]
    public required long Identities { get; init; }

    /// <summary>Enrolled images.</summary>
    [Id(4)]
    public required long Images { get; init; }

    /// <summary>Searchable centroids.</summary>
    [Id(5)]
    public required long Rows { get; init; }
}

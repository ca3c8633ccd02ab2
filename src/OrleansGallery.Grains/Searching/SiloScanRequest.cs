using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>One silo's share of a search.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SiloScanRequest")]
internal sealed record SiloScanRequest
{
    /// <summary>The gallery's number.</summary>
    [Id(0)]
    public required long Gallery { get; init; }

    /// <summary>The partitions that this silo is thought to own.</summary>
    [Id(1)]
    public required IReadOnlyList<int> Partitions { get; init; }

    /// <summary>The unit query vector.</summary>
    [Id(2)]
    public required VectorBytes Query { get; init; }

    /// <summary>How many matches at most.</summary>
    [Id(3)]
    public required int Top { get; init; }

    /// <summary>After this time the scan ends with what it has.</summary>
    [Id(4)]
    public required TimeSpan Deadline { get; init; }

    /// <summary>The facet left out; null: none.</summary>
    [Id(5)]
    public string? ExcludedFacet { get; init; }

    /// <summary>What the identities' attributes must be, all of it; empty: anything.</summary>
    [Id(6)]
    public IReadOnlyList<AttributeMatch> Filter { get; init; } = [];

    /// <summary>The lowest score of a match; null: any.</summary>
    [Id(7)]
    public double? MinimumScore { get; init; }

    /// <summary>Whether nobody waits for it: others go first.</summary>
    [Id(8)]
    public bool IsBulk { get; init; }
}

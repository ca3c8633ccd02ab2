namespace OrleansGallery.Abstractions;

/// <summary>One search over all partitions of a gallery.</summary>
[GenerateSerializer, Immutable, Alias("gallery.SearchCommand")]
public sealed record SearchCommand
{
    /// <summary>The gallery's number.</summary>
    [Id(0)]
    public required long Gallery { get; init; }

    /// <summary>How many partitions it has.</summary>
    [Id(1)]
    public required int Partitions { get; init; }

    /// <summary>The raw query embedding; it is normalised once, by the search grain.</summary>
    [Id(2)]
    public required VectorBytes Query { get; init; }

    /// <summary>The gallery's dimension.</summary>
    [Id(3)]
    public required int Dimension { get; init; }

    /// <summary>How many matches at most, 1 to 1,000.</summary>
    [Id(4)]
    public required int Top { get; init; }

    /// <summary>After this time the answer is partial.</summary>
    [Id(5)]
    public required TimeSpan Deadline { get; init; }

    /// <summary>Names the search while it runs.</summary>
    [Id(6)]
    public Guid Id { get; init; }

    /// <summary>Identities are compared without their images of this facet, and are no match where they have no others;
    /// null: as they are.</summary>
    [Id(7)]
    public string? ExcludedFacet { get; init; }

    /// <summary>What the identities' attributes must be, all of it; empty: anything.</summary>
    [Id(8)]
    public IReadOnlyList<AttributeMatch> Filter { get; init; } = [];

    /// <summary>The lowest score of a match; null: any.</summary>
    [Id(9)]
    public double? MinimumScore { get; init; }

    /// <summary>Whether the query is an identity's centroid, which is compared as it is: then two identities have the
    /// same score from either side.</summary>
    [Id(10)]
    public bool IsCentroid { get; init; }

    /// <summary>Whether nobody waits for it: others go first.</summary>
    [Id(11)]
    public bool IsBulk { get; init; }
}

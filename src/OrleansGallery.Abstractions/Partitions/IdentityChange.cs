namespace OrleansGallery.Abstractions;

/// <summary>
/// The net change of one identity that its partition commits: everything that arrived while the last commit ran.
/// </summary>
[GenerateSerializer, Immutable, Alias("gallery.IdentityChange")]
public sealed record IdentityChange
{
    /// <summary>The identity's id.</summary>
    [Id(0)]
    public required string IdentityId { get; init; }

    /// <summary>The version that the change builds on; 0: the identity has no image.</summary>
    [Id(1)]
    public required long ExpectedVersion { get; init; }

    /// <summary>New images, each id once.</summary>
    [Id(2)]
    public required IReadOnlyList<ImageToEnrol> AddedImages { get; init; }

    /// <summary>Ids of images to remove, each once; an id may be in both lists (removed, then added anew).</summary>
    [Id(3)]
    public required IReadOnlyList<string> RemovedImages { get; init; }

    /// <summary>The new sums of the facets that changed.</summary>
    [Id(4)]
    public required IReadOnlyList<FacetSum> Facets { get; init; }

    /// <summary>The identity's images after the change; 0 deletes the identity.</summary>
    [Id(5)]
    public required long Count { get; init; }

    /// <summary>The unit-norm centroid after the change; null: not searchable.</summary>
    [Id(6)]
    public VectorBytes? Centroid { get; init; }

    /// <summary>The identity hash after the change, 32 little-endian bytes.</summary>
    [Id(7)]
    public required byte[] Hash { get; init; }

    /// <summary>The identity's facets after the change, and what is left without each.</summary>
    [Id(8)]
    public IReadOnlyList<FacetCentroid> Without { get; init; } = [];

    /// <summary>The identity's attributes after the change; null: none. Without meaning where
    /// <see cref="ChangesAttributes"/> is false.</summary>
    [Id(9)]
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Whether the change is of the attributes, too; false: store and rows keep what they have.</summary>
    [Id(10)]
    public bool ChangesAttributes { get; init; }

    /// <summary>What is remembered of the change, in its commit; null: nothing.</summary>
    [Id(11)]
    public ChangeNote? Note { get; init; }
}

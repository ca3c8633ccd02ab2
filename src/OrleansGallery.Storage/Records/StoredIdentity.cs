using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>One identity as it is stored.</summary>
public sealed record StoredIdentity
{
    /// <summary>The identity's id.</summary>
    public required string IdentityId { get; init; }

    /// <summary>The partition's sequence at which it last changed.</summary>
    public required long Version { get; init; }

    /// <summary>Its sums.</summary>
    public required IReadOnlyList<StoredFacet> Facets { get; init; }

    /// <summary>Its attributes.</summary>
    public AttributeSet Attributes { get; init; } = AttributeSet.Empty;

    /// <summary>Its images without embeddings, where the read asked for them.</summary>
    public IReadOnlyList<StoredImage> Images { get; init; } = [];
}

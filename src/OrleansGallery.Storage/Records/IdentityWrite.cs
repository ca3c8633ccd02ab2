using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>The net change of one identity within a commit.</summary>
public sealed record IdentityWrite
{
    /// <summary>The identity's id. It belongs to the partition by its slot (<see cref="IdentitySlot"/>): a store that
    /// keeps rows by slot finds it nowhere else.</summary>
    public required string IdentityId { get; init; }

    /// <summary>Its images after the change; 0: nothing of it is left, whatever the lists below say. Its images' rows
    /// may go later, unseen.</summary>
    public required long Count { get; init; }

    /// <summary>Its hash after the change.</summary>
    public required Hash256 Hash { get; init; }

    /// <summary>The unit-norm centroid after the change, little-endian float32; null: it has no direction.</summary>
    public required byte[]? Centroid { get; init; }

    /// <summary>Ids of images to delete; one that is among <see cref="AddedImages"/> too is replaced.</summary>
    public required IReadOnlyList<string> RemovedImages { get; init; }

    /// <summary>Images to insert, with embeddings.</summary>
    public required IReadOnlyList<StoredImage> AddedImages { get; init; }

    /// <summary>New sums of the facets that changed; a count of 0 deletes the facet's row.</summary>
    public required IReadOnlyList<StoredFacet> Facets { get; init; }

    /// <summary>The identity's attributes after the change; null: as they were, and none of a new identity.</summary>
    public AttributeSet? Attributes { get; init; }

    /// <summary>What is remembered of the change as an operation, in the same commit; where its id is there already,
    /// the commit is refused as one of bad data. Null: nothing.</summary>
    public StoredOperation? Note { get; init; }
}

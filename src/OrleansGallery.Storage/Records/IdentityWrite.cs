namespace OrleansGallery.Storage;

/// <summary>The net change of one identity within a commit.</summary>
public sealed record IdentityWrite
{
    /// <summary>The identity's id.</summary>
    public required string IdentityId { get; init; }

    /// <summary>Whether nothing of it is left: its rows are deleted, whatever the lists below say.</summary>
    public required bool Deleted { get; init; }

    /// <summary>Ids of images to delete; done before <see cref="AddedImages"/>.</summary>
    public required IReadOnlyList<string> RemovedImages { get; init; }

    /// <summary>Images to insert, with embeddings.</summary>
    public required IReadOnlyList<StoredImage> AddedImages { get; init; }

    /// <summary>New sums of the facets that changed; a count of 0 deletes the facet's row.</summary>
    public required IReadOnlyList<StoredFacet> Facets { get; init; }
}

using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What a test does to an identity: images that go and images that come.</summary>
/// <param name="IdentityId">The identity.</param>
/// <param name="Removed">Ids of images that go; null: the identity itself goes.</param>
/// <param name="Added">Images that come.</param>
public sealed record IdentityChange(
    string IdentityId, IReadOnlyList<string>? Removed, IReadOnlyList<StoredImage> Added)
{
    /// <summary>The identity's attributes from now on; null: as they were.</summary>
    public AttributeSet? Attributes { get; init; }

    /// <summary>Adds images.</summary>
    public static IdentityChange Add(string identityId, params IEnumerable<StoredImage> images) =>
        new(identityId, [], [.. images]);

    /// <summary>Adds images by their ids, with embeddings that follow from the ids.</summary>
    public static IdentityChange Add(string identityId, params IEnumerable<string> imageIds) =>
        Add(identityId, imageIds.Select(id => TestImages.Of(identityId, id)));

    /// <summary>Removes images.</summary>
    public static IdentityChange Remove(string identityId, params IEnumerable<string> imageIds) =>
        new(identityId, [.. imageIds], []);

    /// <summary>Sets the identity's attributes, and nothing else.</summary>
    public static IdentityChange Set(string identityId, AttributeSet attributes) =>
        new(identityId, [], []) { Attributes = attributes };

    /// <summary>Deletes the identity.</summary>
    public static IdentityChange Delete(string identityId) => new(identityId, null, []);
}

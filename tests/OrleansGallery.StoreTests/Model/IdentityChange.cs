using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What a test does to an identity: images that go and images that come.</summary>
/// <param name="IdentityId">The identity.</param>
/// <param name="Removed">Ids of images that go; null: the identity itself goes.</param>
/// <param name="Added">Images that come.</param>
public sealed record IdentityChange(
    string IdentityId, IReadOnlyList<string>? Removed, IReadOnlyList<StoredImage> Added)
{
    /// <summary>Adds images.</summary>
    public static IdentityChange Add(string identityId, params IEnumerable<StoredImage> images) =>
        new(identityId, [], [.. images]);

    /// <summary>Adds images by their ids, with embeddings that follow from the ids.</summary>
    public static IdentityChange Add(string identityId, params IEnumerable<string> imageIds) =>
        Add(identityId, imageIds.Select(id => TestImages.Of(identityId, id)));

    /// <summary>Removes images.</summary>
    public static IdentityChange Remove(string identityId, params IEnumerable<string> imageIds) =>
        new(identityId, [.. imageIds], []);

    /// <summary>Deletes the identity.</summary>
    public static IdentityChange Delete(string identityId) => new(identityId, null, []);
}

namespace OrleansGallery.Storage;

/// <summary>What a store holds beside identities.</summary>
/// <param name="Galleries">Its galleries.</param>
/// <param name="Keys">Its keys that are not revoked.</param>
/// <param name="Models">The files of models that are visible.</param>
public sealed record StoreContents(
    IReadOnlyList<GalleryRecord> Galleries, IReadOnlyList<StoredKey> Keys, IReadOnlyList<StoredModel> Models)
{
    /// <summary>Of a store that is new.</summary>
    public static StoreContents None { get; } = new([], [], []);
}

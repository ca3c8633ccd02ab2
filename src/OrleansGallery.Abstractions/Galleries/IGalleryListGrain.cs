namespace OrleansGallery.Abstractions;

/// <summary>Lists the galleries of the store. Stateless; key: 0.</summary>
[Alias("gallery.IGalleryListGrain")]
public interface IGalleryListGrain : IGrainWithIntegerKey
{
    /// <summary>The settings of all galleries, in ordinal order of their names.</summary>
    /// <returns>The settings.</returns>
    [Alias("List")]
    Task<IReadOnlyList<GallerySettings>> ListAsync();
}

namespace OrleansGallery.Abstractions;

/// <summary>Lists the galleries of the store. Stateless; key: 0.</summary>
[Alias("gallery.IGalleryListGrain")]
public interface IGalleryListGrain : IGrainWithIntegerKey
{
    /// <summary>All galleries, in ordinal order of their names.</summary>
    /// <returns>The galleries.</returns>
    [Alias("List")]
    Task<IReadOnlyList<Gallery>> ListAsync();
}

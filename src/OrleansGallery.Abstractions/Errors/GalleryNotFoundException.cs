namespace OrleansGallery.Abstractions;

/// <summary>The gallery does not exist, or was deleted meanwhile.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.GalleryNotFoundException")]
public sealed class GalleryNotFoundException(string message) : GalleryException(message);

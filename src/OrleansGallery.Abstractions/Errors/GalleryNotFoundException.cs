namespace OrleansGallery.Abstractions;

/// <summary>The gallery does not exist, or was deleted meanwhile.</summary>
[GenerateSerializer, Alias("gallery.GalleryNotFoundException")]
public sealed class GalleryNotFoundException(string message) : GalleryException(message);

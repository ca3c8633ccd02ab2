namespace OrleansGallery.Abstractions;

/// <summary>An image of this content was erased from the gallery, which refuses it for a while.</summary>
[GenerateSerializer, Alias("gallery.ImageErasedException")]
public sealed class ImageErasedException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>Images cannot move to an identity that has images of the same ids.</summary>
[GenerateSerializer, Alias("gallery.ImageExistsException")]
public sealed class ImageExistsException(string message) : GalleryException(message);

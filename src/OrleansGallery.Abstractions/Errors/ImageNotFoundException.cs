namespace OrleansGallery.Abstractions;

/// <summary>The image does not exist.</summary>
[GenerateSerializer, Alias("gallery.ImageNotFoundException")]
public sealed class ImageNotFoundException(string message) : GalleryException(message);

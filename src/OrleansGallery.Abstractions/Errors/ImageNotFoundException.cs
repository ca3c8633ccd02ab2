namespace OrleansGallery.Abstractions;

/// <summary>The image does not exist.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.ImageNotFoundException")]
public sealed class ImageNotFoundException(string message) : GalleryException(message);

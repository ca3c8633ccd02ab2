namespace OrleansGallery.Abstractions;

/// <summary>An image that can't be decoded, or is beyond a limit.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.InvalidImageException")]
public sealed class InvalidImageException(string message) : GalleryException(message);

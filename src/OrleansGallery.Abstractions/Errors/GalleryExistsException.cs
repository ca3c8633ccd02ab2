namespace OrleansGallery.Abstractions;

/// <summary>A gallery with this name exists already.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.GalleryExistsException")]
public sealed class GalleryExistsException(string message) : GalleryException(message);

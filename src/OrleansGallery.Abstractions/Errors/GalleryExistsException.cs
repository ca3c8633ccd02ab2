namespace OrleansGallery.Abstractions;

/// <summary>A gallery with this name exists already.</summary>
[GenerateSerializer, Alias("gallery.GalleryExistsException")]
public sealed class GalleryExistsException(string message) : GalleryException(message);

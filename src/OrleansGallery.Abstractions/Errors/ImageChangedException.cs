namespace OrleansGallery.Abstractions;

/// <summary>Under the ids of images that an undone operation moved there is other content by now.</summary>
[GenerateSerializer, Alias("gallery.ImageChangedException")]
public sealed class ImageChangedException(string message) : GalleryException(message);

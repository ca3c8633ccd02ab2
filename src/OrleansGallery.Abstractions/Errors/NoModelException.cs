namespace OrleansGallery.Abstractions;

/// <summary>The gallery has no model: it takes vectors, no images.</summary>
[GenerateSerializer, Alias("gallery.NoModelException")]
public sealed class NoModelException(string message) : GalleryException(message);

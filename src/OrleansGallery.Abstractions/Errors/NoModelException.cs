namespace OrleansGallery.Abstractions;

/// <summary>The gallery has no model: it takes vectors, no images.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.NoModelException")]
public sealed class NoModelException(string message) : GalleryException(message);

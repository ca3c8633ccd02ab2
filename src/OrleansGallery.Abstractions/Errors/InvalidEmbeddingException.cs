namespace OrleansGallery.Abstractions;

/// <summary>An embedding with a wrong dimension, NaN, infinity, only zeros, or a component beyond the limit.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.InvalidEmbeddingException")]
public sealed class InvalidEmbeddingException(string message) : GalleryException(message);

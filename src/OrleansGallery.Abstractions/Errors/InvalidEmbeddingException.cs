namespace OrleansGallery.Abstractions;

/// <summary>An embedding with a wrong dimension, NaN, infinity, only zeros, or a component beyond the limit.</summary>
[GenerateSerializer, Alias("gallery.InvalidEmbeddingException")]
public sealed class InvalidEmbeddingException(string message) : GalleryException(message);

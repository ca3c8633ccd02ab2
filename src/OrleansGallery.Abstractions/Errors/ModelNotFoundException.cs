namespace OrleansGallery.Abstractions;

/// <summary>The model is unknown to this service.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.ModelNotFoundException")]
public sealed class ModelNotFoundException(string message) : GalleryException(message);

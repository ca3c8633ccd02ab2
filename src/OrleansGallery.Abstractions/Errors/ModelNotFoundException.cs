namespace OrleansGallery.Abstractions;

/// <summary>The model is unknown to this service.</summary>
[GenerateSerializer, Alias("gallery.ModelNotFoundException")]
public sealed class ModelNotFoundException(string message) : GalleryException(message);

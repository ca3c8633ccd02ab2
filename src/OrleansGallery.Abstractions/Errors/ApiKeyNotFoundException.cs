namespace OrleansGallery.Abstractions;

/// <summary>There is no such key.</summary>
[GenerateSerializer, Alias("gallery.ApiKeyNotFoundException")]
public sealed class ApiKeyNotFoundException(string message) : GalleryException(message);

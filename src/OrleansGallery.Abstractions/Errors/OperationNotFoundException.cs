namespace OrleansGallery.Abstractions;

/// <summary>There was no such operation, or it is not remembered any more.</summary>
[GenerateSerializer, Alias("gallery.OperationNotFoundException")]
public sealed class OperationNotFoundException(string message) : GalleryException(message);

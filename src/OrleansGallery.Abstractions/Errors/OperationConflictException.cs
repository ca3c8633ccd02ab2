namespace OrleansGallery.Abstractions;

/// <summary>An operation of this id was carried out, and asked for something else.</summary>
[GenerateSerializer, Alias("gallery.OperationConflictException")]
public sealed class OperationConflictException(string message) : GalleryException(message);

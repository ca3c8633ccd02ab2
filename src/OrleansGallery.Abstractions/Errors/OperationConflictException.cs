namespace OrleansGallery.Abstractions;

/// <summary>An operation of this id was carried out, or one of the kind is under way, and asked for something else.
/// </summary>
[GenerateSerializer, Alias("gallery.OperationConflictException")]
public sealed class OperationConflictException(string message) : GalleryException(message);

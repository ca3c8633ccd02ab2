namespace OrleansGallery.Abstractions;

/// <summary>What the request was to change is not as its sender has seen it.</summary>
[GenerateSerializer, Alias("gallery.PreconditionFailedException")]
public sealed class PreconditionFailedException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>The identity does not exist.</summary>
[GenerateSerializer, Alias("gallery.IdentityNotFoundException")]
public sealed class IdentityNotFoundException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>The identity does not exist.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.IdentityNotFoundException")]
public sealed class IdentityNotFoundException(string message) : GalleryException(message);

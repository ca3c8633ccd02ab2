namespace OrleansGallery.Abstractions;

/// <summary>An identity of this id exists already.</summary>
[GenerateSerializer, Alias("gallery.IdentityExistsException")]
public sealed class IdentityExistsException(string message) : GalleryException(message);

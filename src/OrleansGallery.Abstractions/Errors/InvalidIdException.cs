namespace OrleansGallery.Abstractions;

/// <summary>An id breaks the rules of <see cref="IdRules"/>.</summary>
[GenerateSerializer, Alias("gallery.InvalidIdException")]
public sealed class InvalidIdException(string message) : GalleryException(message);

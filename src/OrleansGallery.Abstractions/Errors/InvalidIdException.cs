namespace OrleansGallery.Abstractions;

/// <summary>An id breaks the rules of <see cref="IdRules"/>.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.InvalidIdException")]
public sealed class InvalidIdException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>A field is missing, contradictory or out of range.</summary>
/// <param name="message">The fact, the values, and the setting to change.</param>
[GenerateSerializer, Alias("gallery.InvalidRequestException")]
public sealed class InvalidRequestException(string message) : GalleryException(message);

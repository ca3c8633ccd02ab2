namespace OrleansGallery.Abstractions;

/// <summary>A field is missing, contradictory or out of range.</summary>
[GenerateSerializer, Alias("gallery.InvalidRequestException")]
public sealed class InvalidRequestException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>Nothing of the kind asked for is kept of the image.</summary>
[GenerateSerializer, Alias("gallery.PictureNotFoundException")]
public sealed class PictureNotFoundException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>The gallery was not calibrated.</summary>
[GenerateSerializer, Alias("gallery.CalibrationNotFoundException")]
public sealed class CalibrationNotFoundException(string message) : GalleryException(message);

namespace OrleansGallery.Abstractions;

/// <summary>The gallery's images cannot show the false-positive identification rate asked for.</summary>
[GenerateSerializer, Alias("gallery.CalibrationImpossibleException")]
public sealed class CalibrationImpossibleException(string message) : GalleryException(message);

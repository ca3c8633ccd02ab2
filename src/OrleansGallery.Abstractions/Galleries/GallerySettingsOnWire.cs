namespace OrleansGallery.Abstractions;

/// <summary>Gallery settings between silos: the JSON of the store, so that a new setting changes no bytes
/// here.</summary>
[GenerateSerializer, Immutable, Alias("gallery.GallerySettingsOnWire")]
internal struct GallerySettingsOnWire
{
    /// <summary>The settings.</summary>
    [Id(0)]
    public string Json { get; set; }
}

namespace OrleansGallery.Abstractions;

/// <summary>A request for a calibration between silos: its JSON.</summary>
[GenerateSerializer, Immutable, Alias("gallery.CalibrateRequestOnWire")]
internal struct CalibrateRequestOnWire
{
    /// <summary>The JSON.</summary>
    [Id(0)]
    public string Json { get; set; }
}

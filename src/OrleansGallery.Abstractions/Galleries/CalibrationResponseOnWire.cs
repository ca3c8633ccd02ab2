namespace OrleansGallery.Abstractions;

/// <summary>A calibration between silos: its JSON.</summary>
[GenerateSerializer, Immutable, Alias("gallery.CalibrationResponseOnWire")]
internal struct CalibrationResponseOnWire
{
    /// <summary>The JSON.</summary>
    [Id(0)]
    public string Json { get; set; }
}

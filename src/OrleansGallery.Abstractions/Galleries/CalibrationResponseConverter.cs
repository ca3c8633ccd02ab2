using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Abstractions;

/// <summary>Lets Orleans send <see cref="CalibrationResponse"/>, whose project knows no Orleans.</summary>
[RegisterConverter]
internal sealed class CalibrationResponseConverter : IConverter<CalibrationResponse, CalibrationResponseOnWire>
{
    /// <inheritdoc />
    public CalibrationResponse ConvertFromSurrogate(in CalibrationResponseOnWire surrogate) =>
        JsonSerializer.Deserialize<CalibrationResponse>(surrogate.Json, GalleryJson.Options)!;

    /// <inheritdoc />
    public CalibrationResponseOnWire ConvertToSurrogate(in CalibrationResponse value) =>
        new() { Json = JsonSerializer.Serialize(value, GalleryJson.Options) };
}

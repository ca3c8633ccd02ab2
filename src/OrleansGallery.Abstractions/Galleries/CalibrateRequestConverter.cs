using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Abstractions;

/// <summary>Lets Orleans send <see cref="CalibrateRequest"/>, whose project knows no Orleans.</summary>
[RegisterConverter]
internal sealed class CalibrateRequestConverter : IConverter<CalibrateRequest, CalibrateRequestOnWire>
{
    /// <inheritdoc />
    public CalibrateRequest ConvertFromSurrogate(in CalibrateRequestOnWire surrogate) =>
        JsonSerializer.Deserialize<CalibrateRequest>(surrogate.Json, GalleryJson.Options)!;

    /// <inheritdoc />
    public CalibrateRequestOnWire ConvertToSurrogate(in CalibrateRequest value) =>
        new() { Json = JsonSerializer.Serialize(value, GalleryJson.Options) };
}

using OrleansGallery.Contracts;

namespace OrleansGallery.Abstractions;

/// <summary>Lets Orleans send <see cref="GallerySettings"/>, whose project knows no Orleans.</summary>
[RegisterConverter]
internal sealed class GallerySettingsConverter : IConverter<GallerySettings, GallerySettingsOnWire>
{
    /// <inheritdoc />
    public GallerySettings ConvertFromSurrogate(in GallerySettingsOnWire surrogate) =>
        GallerySettings.FromJson(surrogate.Json);

    /// <inheritdoc />
    public GallerySettingsOnWire ConvertToSurrogate(in GallerySettings value) => new() { Json = value.ToJson() };
}

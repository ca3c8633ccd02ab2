using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Grains;

/// <summary>A gallery's settings as the store has them: what its creator chose, and what was measured since.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record StoredSettings : GallerySettings
{
    /// <summary>Where the threshold comes from. Left out where it is null, so that older programs read on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CalibrationResponse? Calibration { get; init; }

    /// <summary>All of it, as it is stored.</summary>
    public string ToText() => JsonSerializer.Serialize(this, GalleryJson.Options);
}

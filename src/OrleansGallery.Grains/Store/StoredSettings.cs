using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>A gallery's settings as the store has them: what its creator chose, and what was measured since.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StoredSettings : GallerySettings
{
    /// <summary>The last calibration that was applied. Left out where it is null, so that older programs read
    /// on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CalibrationResponse? Calibration { get; init; }

    /// <summary>The near pairs that were found last; null: nobody looked for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoredSuggestions? Suggestions { get; init; }

    /// <summary>The pairs that are not the same, in the order in which they were put aside; null: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StoredPair>? Dismissed { get; init; }

    /// <summary>Reads a gallery's settings.</summary>
    /// <param name="gallery">The gallery, as the store has it.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="InvalidDataException">The text is none of ours, or a newer program's.</exception>
    public static StoredSettings Of(GalleryRecord gallery)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        return FromJson<StoredSettings>(gallery.Settings);
    }

    /// <summary>All of it, as it is stored.</summary>
    /// <returns>JSON.</returns>
    public string ToText() => JsonSerializer.Serialize(this, GalleryJson.Options);
}

using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>A gallery with its settings and counts, as <c>GET /v1/galleries/{g}</c> answers.</summary>
// A client reads the answers of newer services.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record GalleryResponse : GallerySettings
{
    /// <summary>An answer that is read.</summary>
    public GalleryResponse()
    {
    }

    /// <summary>An answer with a gallery's settings.</summary>
    /// <param name="settings">The settings.</param>
    public GalleryResponse(GallerySettings settings)
        : base(settings)
    {
    }

    /// <summary>The gallery's name.</summary>
    public required string Name { get; init; }

    /// <summary>Components of an embedding.</summary>
    public required int Dimension { get; init; }

    /// <summary>How many partitions hold its identities.</summary>
    public required int Partitions { get; init; }

    /// <summary>Identities that have at least one image.</summary>
    public required long Identities { get; init; }

    /// <summary>Enrolled images.</summary>
    public required long Images { get; init; }

    /// <summary>Bytes of the float32 rows that a flat search scans.</summary>
    public long SearchBytes { get; init; }

    /// <summary>Bytes of the pictures that are kept of its images (<see cref="GallerySettings.Keep"/>); those of an
    /// identity that was deleted count until they are purged, soon after.</summary>
    public long PictureBytes { get; init; }

    /// <summary>Lower-case hex of the root hash's 32 little-endian bytes: equal for equal content.</summary>
    public required string RootHash { get; init; }

    /// <summary>How the gallery came by its threshold; null: it was not calibrated.</summary>
    public CalibrationSummary? Calibration { get; init; }

    /// <summary>When the gallery was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

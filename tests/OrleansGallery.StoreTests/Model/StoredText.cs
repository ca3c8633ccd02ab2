using System.Globalization;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Records as text, so that what differs is seen: a record's equality does not look into arrays.</summary>
public static class StoredText
{
    public static string Of(StoredRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.IdentityId} v{row.Version} n{row.Count} {row.Hash} {Hex(row.Centroid)} <{row.Attributes}>");

    public static string Of(StoredFacet facet) => string.Create(
        CultureInfo.InvariantCulture, $" [{facet.Facet}] n{facet.Count} {Hex(facet.Sum)}");

    public static string Of(StoredImage image) => string.Create(
        CultureInfo.InvariantCulture,
        $" {image.ImageId} [{image.Facet}] {Hex(image.ContentHash)} {image.TakenAt?.UtcDateTime:O} "
            + $"{Hex(image.Embedding)} {(image.HasPicture || image.Picture is not null ? "picture" : "-")}");

    /// <summary>With what is kept of it.</summary>
    public static string OfAll(StoredImage image) => Of(image)
        + $" {Hex(image.Picture?.Thumbnail)} {Hex(image.Picture?.ThumbnailHash)} {Hex(image.Picture?.Original)}";

    private static string Hex(byte[]? bytes) => bytes is null ? "-" : Convert.ToHexString(bytes);
}

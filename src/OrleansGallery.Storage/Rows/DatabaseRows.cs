using System.Buffers.Binary;
using System.Data.Common;
using System.Text.Json;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>Rows to records, where both databases have the same columns.</summary>
internal static class DatabaseRows
{
    /// <summary>The columns that <see cref="Gallery"/> reads, in order.</summary>
    public const string GalleryColumns = "number, name, dimension, partitions, created_at, settings";

    /// <summary>The columns that <see cref="Operation"/> reads, in order.</summary>
    public const string OperationColumns = "id, digest, receipt, images, expires_at";

    /// <summary>The columns that <see cref="Key"/> reads, in order.</summary>
    public const string KeyColumns = "id, name, secret_hash, role, galleries, "
        + "requests_per_second, max_concurrent, created_at, expires_at, revoked_at";

    /// <summary>How many columns <see cref="Row"/> reads.</summary>
    public const int RowWidth = 7;

    public static GalleryRecord Gallery(DbDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Name = row.GetString(1),
        Dimension = row.GetInt32(2),
        Partitions = row.GetInt32(3),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Settings = row.GetString(5),
    };

    /// <param name="row">A row that has identities, images, rows and hash from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    public static StoredTotals Totals(DbDataReader row, int first) => new(
        row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2),
        Hash256.FromBytes(Bytes(row, first + 3)));

    /// <param name="row">A row that begins with identity, version, count, hash, centroid, attributes and born.</param>
    public static StoredRow Row(DbDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), Hash256.FromBytes(Bytes(row, 3)),
        row.IsDBNull(4) ? null : Bytes(row, 4))
    {
        Attributes = Attributes(row, 5),
        Born = row.GetInt64(6),
    };

    /// <param name="row">A row that begins with identity, version, count and attributes.</param>
    public static IdentityListing Listing(DbDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetInt64(2)) { Attributes = Attributes(row, 3) };

    /// <param name="row">A row that has an identity's attributes.</param>
    /// <param name="column">Where.</param>
    public static AttributeSet Attributes(DbDataReader row, int column) =>
        AttributeText.Read(row.IsDBNull(column) ? null : row.GetString(column));

    /// <param name="row">A row that has facet, count and sum from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    public static StoredFacet Facet(DbDataReader row, int first) => new(
        row.GetString(first), row.GetInt64(first + 1), PackedSum.Unpack(Bytes(row, first + 2)));

    /// <param name="row">A row that has facet, count and sum from <paramref name="first"/> on; the sum is null where it
    /// is not needed.</param>
    /// <param name="first">The first column.</param>
    public static StoredFacet FacetOfRow(DbDataReader row, int first) => row.IsDBNull(first + 2)
        ? new StoredFacet(row.GetString(first), row.GetInt64(first + 1), [])
        : Facet(row, first);

    /// <param name="row">A row that has image, facet, content hash, taken-at and whether there is a picture from
    /// <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    /// <param name="withEmbedding">Whether the embedding follows them.</param>
    public static StoredImage Image(DbDataReader row, int first, bool withEmbedding) => new()
    {
        ImageId = row.GetString(first),
        Facet = row.GetString(first + 1),
        ContentHash = Bytes(row, first + 2),
        TakenAt = Time(row, first + 3),
        HasPicture = row.GetBoolean(first + 4),
        Embedding = withEmbedding ? Bytes(row, first + 5) : null,
    };

    /// <param name="row">A row that has an image with its embedding from <paramref name="first"/> on, then its
    /// picture's thumbnail, the thumbnail's hash, and the original.</param>
    /// <param name="first">The first column.</param>
    public static StoredImage Whole(DbDataReader row, int first) => Image(row, first, withEmbedding: true) with
    {
        Picture = row.IsDBNull(first + 6) ? null : new StoredPicture
        {
            Thumbnail = Bytes(row, first + 6),
            ThumbnailHash = Bytes(row, first + 7),
            Original = row.IsDBNull(first + 8) ? null : Bytes(row, first + 8),
        },
    };

    /// <summary>The columns that <see cref="PictureFile"/> reads, in order.</summary>
    /// <param name="kind">Which file.</param>
    /// <param name="images">What the query calls the images; it calls the pictures so.</param>
    public static string PictureColumns(PictureKind kind, string images) => kind == PictureKind.Original
        ? $"pictures.original, {images}.content_hash"
        : "pictures.thumbnail, pictures.thumbnail_hash";

    /// <param name="row">A row that has a file, which may be missing, and its hash.</param>
    public static PictureFile? PictureFile(DbDataReader row) =>
        row.IsDBNull(0) ? null : new PictureFile(Bytes(row, 0), Bytes(row, 1));

    /// <param name="row">A row that has a version and a digest from <paramref name="first"/> on.</param>
    /// <param name="first">The first column.</param>
    public static StoredRemoval Removal(DbDataReader row, int first) => new(
        row.GetInt64(first), BinaryPrimitives.ReadUInt128BigEndian(Bytes(row, first + 1)));

    public static StoredOperation Operation(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Digest = Bytes(row, 1),
        Receipt = row.GetString(2),
        Images = Transferred(row.GetString(3)),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
    };

    public static StoredKey Key(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        SecretHash = Bytes(row, 2),
        Role = row.GetString(3),
        Galleries = row.IsDBNull(4) ? null : JsonSerializer.Deserialize<string[]>(row.GetString(4)),
        RequestsPerSecond = row.IsDBNull(5) ? null : row.GetInt32(5),
        MaxConcurrent = row.IsDBNull(6) ? null : row.GetInt32(6),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        ExpiresAt = Time(row, 8),
        RevokedAt = Time(row, 9),
    };

    /// <summary>The column of a key's galleries; null: it is good for all.</summary>
    public static string? GalleriesOf(StoredKey key) =>
        key.Galleries is null ? null : JsonSerializer.Serialize(key.Galleries);

    private static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    // Each is its id and the hex of its content hash; at first they were ids alone.
    private static TransferredImage[] Transferred(string json)
    {
        using JsonDocument images = JsonDocument.Parse(json);
        return
        [
            .. images.RootElement.EnumerateArray().Select(image => image.ValueKind == JsonValueKind.String
                ? new TransferredImage(image.GetString()!, null)
                : new TransferredImage(image[0].GetString()!, Convert.FromHexString(image[1].GetString()!))),
        ];
    }

    private static byte[] Bytes(DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}

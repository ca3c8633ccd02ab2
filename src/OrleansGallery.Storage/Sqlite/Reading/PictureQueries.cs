namespace OrleansGallery.Storage;

/// <summary>The reads of what is kept of images, each within the snapshot it is given.</summary>
internal static class PictureQueries
{
    /// <summary>A gallery's size; answered from an index alone.</summary>
    internal const string Size = "SELECT coalesce(sum(bytes), 0) FROM pictures WHERE gallery = $1";

    public static long BytesOf(SqliteSnapshot snapshot, long gallery) =>
        snapshot.Select(Size, row => row.GetInt64(0), gallery).Single();

    public static PictureFile? Find(
        SqliteSnapshot snapshot, PartitionKey key, string identityId, string imageId, PictureKind kind) =>
        snapshot.Select(
            $"SELECT {DatabaseRows.PictureColumns(kind, "images")} FROM images JOIN pictures "
            + "ON pictures.gallery = images.gallery AND pictures.id = images.picture "
            + "WHERE images.gallery = $1 AND images.partition = $2 AND images.identity = $3 AND images.image = $4 "
            + "AND images.version >= (SELECT born FROM identities "
            + "WHERE gallery = $1 AND partition = $2 AND identity = $3)",
            DatabaseRows.PictureFile, key.Gallery, key.Partition, identityId, imageId).SingleOrDefault();
}

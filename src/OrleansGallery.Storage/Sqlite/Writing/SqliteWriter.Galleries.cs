namespace OrleansGallery.Storage;

/// <content>What is written of whole galleries, seldom enough to prepare nothing.</content>
internal sealed partial class SqliteWriter
{
    public GalleryRecord? CreateGallery(GalleryRecord gallery, Guid token) => Write(snapshot =>
    {
        long? number = snapshot.Select(
            "INSERT INTO galleries (name, dimension, partitions, created_at, settings, creation_token) "
            + "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING number",
            row => (long?)row.GetInt64(0),
            gallery.Name, gallery.Dimension, gallery.Partitions, gallery.CreatedAt.ToUnixTimeMilliseconds(),
            gallery.Settings, token.ToByteArray()).SingleOrDefault();
        if (number is null)
        {
            return CreatedBefore(snapshot, gallery.Name, token);
        }

        using SqliteStatement partition = new(
            snapshot.Connection, "INSERT INTO partitions (gallery, partition) VALUES ($1, $2)", 2);
        for (int i = 0; i < gallery.Partitions; i++)
        {
            partition.Run(snapshot.Transaction, number.Value, i);
        }

        return GalleryQueries.Numbered(snapshot, number.Value);
    });

    public bool DeleteGallery(long number, Guid token) => Write(snapshot =>
    {
        if (snapshot.Run("DELETE FROM galleries WHERE number = $1", number) == 0)
        {
            return snapshot.Select(
                "SELECT 1 FROM deleted_galleries WHERE number = $1 AND token = $2", _ => true, number,
                token.ToByteArray()).SingleOrDefault();
        }

        snapshot.Run("DELETE FROM partitions WHERE gallery = $1", number);
        snapshot.Run(
            "INSERT INTO deleted_galleries (number, token) VALUES ($1, $2)", number, token.ToByteArray());
        return true;
    });

    public bool PutSearchBasis(long gallery, long expectedVersion, StoredBasis basis) => Write(snapshot =>
        snapshot.Run(
            "UPDATE galleries SET search_basis_version = $1, search_basis = $2 WHERE number = $3 "
            + "AND search_basis_version = $4", basis.Version, basis.Bytes, gallery, expectedVersion) > 0
        || snapshot.Select(
            "SELECT 1 FROM galleries WHERE number = $1 AND search_basis_version = $2 AND search_basis = $3", _ => true,
            gallery, basis.Version, basis.Bytes).SingleOrDefault());

    public bool PutSettings(long gallery, string expected, string settings) => Write(snapshot =>
        snapshot.Run(
            "UPDATE galleries SET settings = $1 WHERE number = $2 AND settings = $3", settings, gallery, expected) > 0
        || snapshot.Select(
            "SELECT 1 FROM galleries WHERE number = $1 AND settings = $2", _ => true, gallery, settings)
            .SingleOrDefault());

    private static GalleryRecord? CreatedBefore(SqliteSnapshot snapshot, string name, Guid token) => snapshot.Select(
        $"SELECT {DatabaseRows.GalleryColumns} FROM galleries WHERE name = $1 AND creation_token = $2",
        DatabaseRows.Gallery, name, token.ToByteArray()).SingleOrDefault();
}

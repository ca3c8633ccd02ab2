namespace OrleansGallery.Storage;

/// <summary>The reads of galleries, each within the snapshot it is given.</summary>
internal static class GalleryQueries
{
    private const string Columns = "SELECT " + DatabaseRows.GalleryColumns + " FROM galleries ";

    public static IReadOnlyList<GalleryRecord> All(SqliteSnapshot snapshot) =>
        [.. snapshot.Select(Columns + "ORDER BY name", DatabaseRows.Gallery)];

    public static GalleryRecord? Named(SqliteSnapshot snapshot, string name) =>
        snapshot.Select(Columns + "WHERE name = $1", DatabaseRows.Gallery, name).SingleOrDefault();

    public static GalleryRecord? Numbered(SqliteSnapshot snapshot, long number) =>
        snapshot.Select(Columns + "WHERE number = $1", DatabaseRows.Gallery, number).SingleOrDefault();

    public static long BasisVersion(SqliteSnapshot snapshot, long gallery) => snapshot.Select(
        "SELECT search_basis_version FROM galleries WHERE number = $1", row => row.GetInt64(0), gallery)
        .SingleOrDefault();

    public static StoredBasis? Basis(SqliteSnapshot snapshot, long gallery) => snapshot.Select(
        "SELECT search_basis_version, search_basis FROM galleries WHERE number = $1 AND search_basis IS NOT NULL",
        row => new StoredBasis(row.GetInt64(0), (byte[])row[1]), gallery)
        .SingleOrDefault();
}

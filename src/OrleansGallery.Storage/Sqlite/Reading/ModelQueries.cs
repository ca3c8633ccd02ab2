using Microsoft.Data.Sqlite;

namespace OrleansGallery.Storage;

/// <summary>What is read of the files of models.</summary>
internal static class ModelQueries
{
    private const string Columns = "SELECT id, sha256, length FROM models ";

    public static IReadOnlyList<StoredModel> All(SqliteSnapshot snapshot) =>
        [.. snapshot.Select(Columns + "ORDER BY id", Model)];

    public static StoredModel? Find(SqliteSnapshot snapshot, string id) =>
        snapshot.Select(Columns + "WHERE id = $1", Model, id).SingleOrDefault();

    public static byte[]? Chunk(SqliteSnapshot snapshot, StoredModel model, int number) => snapshot.Select(
        "SELECT bytes FROM models JOIN model_chunks USING (id, sha256) WHERE id = $1 AND sha256 = $2 AND number = $3",
        row => (byte[])row[0], model.Id, model.Sha256, number).SingleOrDefault();

    private static StoredModel Model(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2));
}

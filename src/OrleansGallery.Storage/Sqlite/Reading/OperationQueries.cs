using System.Text.Json;

namespace OrleansGallery.Storage;

/// <summary>What is read of operations.</summary>
internal static class OperationQueries
{
    public static StoredOperation? Find(SqliteSnapshot snapshot, long gallery, string id) => snapshot.Select(
        $"SELECT {DatabaseRows.OperationColumns} FROM operations WHERE gallery = $1 AND id = $2",
        DatabaseRows.Operation, gallery, id).SingleOrDefault();

    /// <summary>Ids as one parameter.</summary>
    public static string ToJson(IReadOnlyList<string> ids) => JsonSerializer.Serialize(ids);
}

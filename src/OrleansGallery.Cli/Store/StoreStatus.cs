using System.Globalization;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary>Writes what there is in a database.</summary>
internal static class StoreStatus
{
    /// <param name="output">Where to.</param>
    /// <param name="status">What there is.</param>
    /// <param name="before">What there was; null: nothing was done to it.</param>
    /// <returns>Whether this program can use it.</returns>
    public static bool Write(
        CommandOutput output, ClusterDatabaseStatus status, IReadOnlyList<SchemaStatus>? before = null)
    {
        StoreStatusDocument document = new()
        {
            Database = status.Database,
            Ready = status.Schemas.All(schema => schema.Found == schema.Known)
                && status.ClockOffset.Duration() <= DatabaseClock.Tolerance,
            ClockOffsetSeconds = Math.Round(status.ClockOffset.TotalSeconds, 3),
            Schemas = status.Schemas,
            Before = before,
        };
        if (output.IsJson)
        {
            output.WriteJson(document);
            return document.Ready;
        }

        output.WriteFields(
        [
            ("database", document.Database),
            .. status.Schemas.Select(
                schema => ((string, string?))(schema.Name, Describe(schema) + WasOf(schema, before))),
            ("clock", $"{document.ClockOffsetSeconds.ToString("0.000", CultureInfo.InvariantCulture)} s ahead of it"),
        ]);
        return document.Ready;
    }

    private static string WasOf(SchemaStatus schema, IReadOnlyList<SchemaStatus>? before) =>
        before?.FirstOrDefault(was => was.Name == schema.Name) switch
        {
            null => string.Empty,
            { Found: 0 } => ", made now",
            { } was when was.Found < schema.Found => $", migrated from version {was.Found}",
            _ => ", as it was",
        };

    private static string Describe(SchemaStatus schema) => schema switch
    {
        { Found: 0 } => "missing: run 'gallery store init'",
        _ when schema.Found < schema.Known =>
            $"version {schema.Found}, this program needs {schema.Known}: run 'gallery store init'",
        _ when schema.Found > schema.Known =>
            $"version {schema.Found}, this program knows {schema.Known}: use a newer one",
        _ => $"version {schema.Found}",
    };
}

namespace OrleansGallery.Storage;

/// <summary>What there is in a cluster's database.</summary>
/// <param name="Database">Its name and where it is, without a password.</param>
/// <param name="Schemas">The tables, by schema.</param>
/// <param name="ClockOffset">How far this machine's clock is ahead of the database's; negative: behind.</param>
public sealed record ClusterDatabaseStatus(
    string Database, IReadOnlyList<SchemaStatus> Schemas, TimeSpan ClockOffset);

namespace OrleansGallery.Storage;

/// <summary>What a database is used for.</summary>
/// <param name="IsEmpty">Whether there is nothing in it: no table of anybody.</param>
/// <param name="Cluster">The id of the cluster that it serves; null: of none yet, or it has other tables.</param>
public sealed record ClusterDatabaseUse(bool IsEmpty, string? Cluster);

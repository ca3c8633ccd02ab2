using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// The tables of <see cref="PostgresGalleryStore"/>: a schema of their own, beside whatever is there.
/// </summary>
public static class GallerySchema
{
    /// <summary>The schema's name; the queries say it.</summary>
    public const string Name = "gallery";

    private static readonly VersionedSchema Schema = new(Name, 0x67616C6C_73746F72, "Gallery.sql");

    /// <summary>What this program knows.</summary>
    public static int Version => Schema.Version;

    /// <summary>Makes or upgrades the tables; does nothing where they are as this program knows them.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is half done.</param>
    /// <returns>When they are there.</returns>
    /// <exception cref="StoreSchemaException">They are of a newer program; nothing was changed.</exception>
    public static Task ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Schema.ApplyAsync(source, cancellationToken);
    }

    /// <summary>Refuses a database that is not ready for this program.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When the schema is known to be right.</returns>
    /// <exception cref="StoreSchemaException">There is none, or another version's.</exception>
    public static Task CheckAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Schema.CheckAsync(source, cancellationToken);
    }

    /// <summary>The version that is there.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The version; 0: none.</returns>
    public static Task<int> ReadVersionAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Schema.ReadVersionAsync(source, cancellationToken);
    }
}

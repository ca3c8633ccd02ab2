using System.Globalization;
using System.Reflection;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// A schema in PostgreSQL that grows by scripts, beside whatever else is in the database. A script adds to what is
/// there and takes nothing away, so that processes of the version before go on beside it; a process is not started on a
/// schema that is newer than itself.
/// </summary>
public sealed class VersionedSchema
{
    // The n-th makes version n of the one before; never changed once released.
    private readonly string[] _scripts;

    // Any number that no other user of the database locks; set-ups at the same time come one after the other.
    private readonly long _setupLock;

    private VersionedSchema(string name, long setupLock, params string[] scripts) =>
        (Name, _setupLock, _scripts) = (name, setupLock, scripts);

    /// <summary>The membership's tables and queries.</summary>
    public static VersionedSchema Membership { get; } =
        new("gallery_membership", 0x67616C6C_6D656D62, "Membership.sql");

    /// <summary>The tables of <see cref="PostgresGalleryStore"/>.</summary>
    public static VersionedSchema Gallery { get; } =
        new("gallery", 0x67616C6C_73746F72, "Gallery.sql", "Gallery.2.sql", "Gallery.3.sql", "Gallery.4.sql",
            "Gallery.5.sql", "Gallery.6.sql", "Gallery.7.sql", "Gallery.8.sql");

    /// <summary>All that a cluster's database has.</summary>
    public static IReadOnlyList<VersionedSchema> All { get; } = [Membership, Gallery];

    /// <summary>The schema's name: the membership's connections have it as their search path, the gallery's queries say
    /// it.</summary>
    public string Name { get; }

    /// <summary>What this program knows.</summary>
    public int Version => _scripts.Length;

    /// <summary>Makes or upgrades the schema; does nothing where it is as this program knows it.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is half done.</param>
    /// <returns>The version that was there; 0: none.</returns>
    /// <exception cref="StoreSchemaException">It is of a newer program; nothing was changed.</exception>
    public async Task<int> ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({_setupLock})"),
            cancellationToken);
        int found = await ReadVersionAsync(connection, cancellationToken);
        if (found > Version)
        {
            throw new StoreSchemaException(Name, found, Version);
        }

        if (found < Version)
        {
            await ExecuteAsync(
                connection,
                $"CREATE SCHEMA IF NOT EXISTS {Name}; "
                + $"CREATE TABLE IF NOT EXISTS {Name}.schema_version (version integer NOT NULL)",
                cancellationToken);
            foreach (string script in _scripts[found..])
            {
                await ExecuteAsync(connection, Read(script), cancellationToken);
            }

            await ExecuteAsync(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DELETE FROM {Name}.schema_version; INSERT INTO {Name}.schema_version VALUES ({Version})"),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    /// <summary>Refuses a database that is not ready for this program.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When the schema is known to be right.</returns>
    /// <exception cref="StoreSchemaException">There is none, or another version's.</exception>
    public async Task CheckAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if ((await ReadStatusAsync(source, cancellationToken)).FindRefusal() is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>What there is of all that a cluster's database has.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The versions, schema by schema.</returns>
    public static async Task<IReadOnlyList<SchemaStatus>> ReadAllAsync(
        NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        List<SchemaStatus> schemas = [];
        foreach (VersionedSchema schema in All)
        {
            schemas.Add(await schema.ReadStatusAsync(source, cancellationToken));
        }

        return schemas;
    }

    /// <summary>What there is of it.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The versions.</returns>
    public async Task<SchemaStatus> ReadStatusAsync(NpgsqlDataSource source, CancellationToken cancellationToken) =>
        new(Name, await ReadVersionAsync(source, cancellationToken), Version);

    /// <summary>The version that is there.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The version; 0: none.</returns>
    public async Task<int> ReadVersionAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        return await ReadVersionAsync(connection, cancellationToken);
    }

    private async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand exists = new($"SELECT to_regclass('{Name}.schema_version') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        await using NpgsqlCommand read = new($"SELECT version FROM {Name}.schema_version", connection);
        return await read.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        // No parameters here, and the @names inside the membership's query texts must be left alone.
        // An index over much takes its time; given up half-way, it would never come to its end.
        await using NpgsqlCommand command = new(text, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Read(string script)
    {
        using Stream stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"OrleansGallery.Storage.Postgres.Schema.{script}")
            ?? throw new InvalidOperationException($"{script} is not embedded in this assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

using System.Globalization;
using System.Reflection;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// The membership's tables and queries in PostgreSQL: a schema of their own, beside whatever is there.
/// </summary>
public static class MembershipSchema
{
    /// <summary>The schema's name; connections of the membership have it as their search path.</summary>
    public const string Name = "gallery_membership";

    /// <summary>What this program knows. A change adds to what is there and counts one up.</summary>
    public const int Version = 1;

    // Any number that no other user of the database locks; set-ups at the same time come one after the other.
    private const long SetupLock = 0x67616C6C_6D656D62;

    private const string Foundation = $"""
        CREATE SCHEMA IF NOT EXISTS {Name};
        CREATE TABLE IF NOT EXISTS {Name}.schema_version (version integer NOT NULL);
        """;

    /// <summary>Makes or upgrades tables and queries; does nothing where they are as this program knows them.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is half done.</param>
    /// <returns>When they are there.</returns>
    /// <exception cref="StoreSchemaException">They are of a newer program; nothing was changed.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({SetupLock})"),
            cancellationToken);
        int found = await ReadVersionAsync(connection, cancellationToken);
        if (found > Version)
        {
            throw new StoreSchemaException(Name, found, Version);
        }

        if (found < Version)
        {
            await ExecuteAsync(connection, Foundation, cancellationToken);
            await ExecuteAsync(connection, Script(), cancellationToken);
            await ExecuteAsync(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"""
                    DELETE FROM {Name}.schema_version;
                    INSERT INTO {Name}.schema_version VALUES ({Version});
                    """),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Refuses a database that is not ready for this program.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When the schema is known to be right.</returns>
    /// <exception cref="StoreSchemaException">There is none, or another version's.</exception>
    public static async Task CheckAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        int found = await ReadVersionAsync(source, cancellationToken);
        if (found != Version)
        {
            throw new StoreSchemaException(Name, found, Version);
        }
    }

    /// <summary>Which version a database has.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The version; 0: no such schema.</returns>
    public static async Task<int> ReadVersionAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        return await ReadVersionAsync(connection, cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
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
        // No parameters here, and the @names inside the query texts must be left alone.
        await using NpgsqlCommand command = new(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Script()
    {
        using Stream stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("OrleansGallery.Storage.Postgres.Membership.sql")
            ?? throw new InvalidOperationException("Membership.sql is not embedded in this assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

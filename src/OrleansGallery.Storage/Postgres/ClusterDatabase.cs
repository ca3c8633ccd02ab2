using System.Globalization;
using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>
/// The database of a cluster as a whole, by its connection string: what <c>gallery store</c> does to it, and what a
/// process asks of it before it starts.
/// </summary>
public static class ClusterDatabase
{
    // As long as a database may take to come up beside a process that was started with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private const int SecondsToConnect = 5;
    private const int SecondsOfALook = 4;

    /// <summary>Why a text is no connection string.</summary>
    /// <param name="connectionString">The text; it may contain a password, the answer does not.</param>
    /// <returns>A sentence, or null: it is one.</returns>
    public static string? FaultOf(string connectionString)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host)
                ? "it names no Host (Host=…;Database=…;Username=…)."
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return exception.Message.Split('\n')[0].TrimEnd();
        }
    }

    /// <summary>Makes or upgrades all tables; what is as this program knows it stays as it is.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What was there before of each schema.</returns>
    /// <exception cref="StoreSchemaException">They are of a newer program; nothing was changed.</exception>
    /// <exception cref="ClusterDatabaseException">The database does not answer or refuses.</exception>
    public static Task<IReadOnlyList<SchemaStatus>> InitAsync(
        string connectionString, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<SchemaStatus>>(
        connectionString,
        async source =>
        {
            List<SchemaStatus> before = [];
            foreach (VersionedSchema schema in VersionedSchema.All)
            {
                int found = await schema.ApplyAsync(source, cancellationToken);
                before.Add(new SchemaStatus(schema.Name, found, schema.Version));
            }

            return before;
        },
        cancellationToken);

    /// <summary>What there is of the tables.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The versions, and how far the clocks are apart.</returns>
    /// <exception cref="ClusterDatabaseException">The database does not answer or refuses.</exception>
    public static Task<ClusterDatabaseStatus> ReadStatusAsync(
        string connectionString, TimeProvider time, CancellationToken cancellationToken) => RunAsync(
        connectionString,
        async source => new ClusterDatabaseStatus(
            Describe(source), await VersionedSchema.ReadAllAsync(source, cancellationToken),
            await DatabaseClock.MeasureOffsetAsync(source, time, cancellationToken)),
        cancellationToken);

    /// <summary>What a process of a cluster would find; nothing is changed, and a database that does not answer is not
    /// waited for.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What there is.</returns>
    /// <exception cref="ClusterDatabaseException">The database does not answer or refuses.</exception>
    public static Task<ClusterDatabaseState> ExamineAsync(
        string connectionString, TimeProvider time, CancellationToken cancellationToken) => RunAsync(
        connectionString,
        source => DatabaseLook.ReadAsync(source, Describe(source), time, cancellationToken),
        cancellationToken,
        isPatient: false);

    /// <summary>Refuses a database with which a process of a cluster cannot work. One that no cluster has used yet is
    /// this one's from now on.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cluster">The cluster's id.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is known to be right.</returns>
    /// <exception cref="StoreSchemaException">Tables are missing, or another version's.</exception>
    /// <exception cref="ClockOffsetException">This machine's clock is off.</exception>
    /// <exception cref="ClusterDatabaseException">The database does not answer or refuses, or it is another
    /// cluster's.</exception>
    public static Task CheckAsync(
        string connectionString, string cluster, TimeProvider time, CancellationToken cancellationToken) => RunAsync(
        connectionString,
        async source =>
        {
            foreach (VersionedSchema schema in VersionedSchema.All)
            {
                await schema.CheckAsync(source, cancellationToken);
            }

            await DatabaseClock.CheckAsync(source, time, cancellationToken);
            await ClaimAsync(source, cluster, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Refuses a database whose tables this program cannot use; whose cluster it is does not count.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When the tables are known to be right.</returns>
    /// <exception cref="StoreSchemaException">Tables are missing, or another version's.</exception>
    /// <exception cref="ClusterDatabaseException">The database does not answer or refuses.</exception>
    public static Task CheckTablesAsync(string connectionString, CancellationToken cancellationToken) => RunAsync(
        connectionString,
        async source =>
        {
            await VersionedSchema.Gallery.CheckAsync(source, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>What a database is used for; nothing is changed.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it is empty, and whose it is.</returns>
    /// <exception cref="ClusterDatabaseException">The database does not answer or refuses.</exception>
    public static Task<ClusterDatabaseUse> ReadUseAsync(
        string connectionString, CancellationToken cancellationToken) => RunAsync(
        connectionString,
        async source =>
        {
            await using NpgsqlCommand count = source.CreateCommand("""
                SELECT count(*), to_regclass('gallery.cluster') IS NOT NULL
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname <> 'information_schema' AND NOT starts_with(nspname, 'pg_')
                """);
            await using NpgsqlDataReader reader = await count.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new ClusterDatabaseUse(
                reader.GetInt64(0) == 0,
                reader.GetBoolean(1) ? await ReadClusterAsync(source, cancellationToken) : null);
        },
        cancellationToken);

    // Two clusters on one database would take partitions from each other without end.
    private static async Task ClaimAsync(
        NpgsqlDataSource source, string cluster, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand claim = source.CreateCommand(
            $"INSERT INTO {VersionedSchema.Gallery.Name}.cluster (id) VALUES ($1) ON CONFLICT DO NOTHING");
        claim.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cluster });
        await claim.ExecuteNonQueryAsync(cancellationToken);
        string? owner = await ReadClusterAsync(source, cancellationToken);
        if (owner != cluster)
        {
            throw new ClusterDatabaseException(Describe(source), OthersText(owner, cluster));
        }
    }

    /// <summary>Why a process does not work with the database of another cluster.</summary>
    /// <param name="owner">The cluster whose database it is.</param>
    /// <param name="cluster">The process's.</param>
    /// <returns>The fact and the setting.</returns>
    public static string OthersText(string? owner, string cluster) =>
        $"it serves the cluster '{owner}', and this process is of '{cluster}' (Cluster:Id); a database serves one "
        + "cluster";

    internal static async Task<string?> ReadClusterAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand read = source.CreateCommand($"SELECT id FROM {VersionedSchema.Gallery.Name}.cluster");
        return await read.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static async Task<T> RunAsync<T>(
        string connectionString, Func<NpgsqlDataSource, Task<T>> work, CancellationToken cancellationToken,
        bool isPatient = true)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString)
        {
            ApplicationName = "gallery set-up", Pooling = false, Multiplexing = false,
            Timeout = isPatient ? SecondsToConnect : SecondsOfALook,
        };
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(settings);
        for (long start = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return await work(source);
            }
            catch (NpgsqlException exception)
            {
                if (!isPatient || !exception.IsTransient
                    || TimeProvider.System.GetElapsedTime(start) > Patience)
                {
                    throw new ClusterDatabaseException(Describe(source), exception.Message, exception);
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static string Describe(NpgsqlDataSource source)
    {
        NpgsqlConnectionStringBuilder settings = new(source.ConnectionString);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}");
    }
}

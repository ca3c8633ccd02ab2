using Npgsql;

namespace OrleansGallery.Storage;

/// <summary>Reads what a process would find in its database; nothing is changed.</summary>
internal static class DatabaseLook
{
    // What is there must be allowed; which statements of a process need which right is not known so closely.
    private const string Rights = """
        SELECT missing FROM (
            SELECT nspname AS part, 'USAGE on schema ' || nspname AS missing
            FROM pg_namespace WHERE nspname = ANY ($1) AND NOT has_schema_privilege(oid, 'USAGE')
            UNION ALL
            SELECT format('%s.%s', nspname, relname), format('%s on %s.%s', needed, nspname, relname)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            CROSS JOIN LATERAL unnest(CASE
                WHEN relkind = 'v' OR relname = 'schema_version' THEN ARRAY['SELECT']
                WHEN relname = 'cluster' THEN ARRAY['SELECT', 'INSERT']
                ELSE ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] END) AS needed
            WHERE nspname = ANY ($1) AND relkind IN ('r', 'p', 'v') AND NOT relispartition
                AND NOT has_table_privilege(pg_class.oid, needed)) AS rights
        ORDER BY part, missing
        """;

    private const string Server = """
        SELECT current_setting('server_version'), pg_is_in_recovery(),
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
            (SELECT count(*)::int FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())
        """;

    public static async Task<ClusterDatabaseState> ReadAsync(
        NpgsqlDataSource source, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> missing = await ReadRightsAsync(source, cancellationToken);
        IReadOnlyList<SchemaStatus> schemas = [];
        string? cluster = null;
        if (missing.Count == 0)
        {
            schemas = await VersionedSchema.ReadAllAsync(source, cancellationToken);
            cluster = schemas.Any(schema => schema.Found == 0)
                ? null : await ClusterDatabase.ReadClusterAsync(source, cancellationToken);
        }

        TimeSpan offset = await DatabaseClock.MeasureOffsetAsync(source, time, cancellationToken);
        await using NpgsqlCommand command = source.CreateCommand(Server);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new ClusterDatabaseState
        {
            Database = name,
            Version = row.GetString(0),
            IsStandby = row.GetBoolean(1),
            MaxConnections = row.GetInt32(2),
            Connections = row.GetInt32(3),
            MissingRights = missing,
            Schemas = schemas,
            ClockOffset = offset,
            Cluster = cluster,
        };
    }

    private static async Task<IReadOnlyList<string>> ReadRightsAsync(
        NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = source.CreateCommand(Rights);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. VersionedSchema.All.Select(schema => schema.Name)],
        });
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        List<string> missing = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            missing.Add(rows.GetString(0));
        }

        return missing;
    }
}

using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.Benchmarks.Committing;

/// <summary>A database of its own with a gallery store's tables, on a server that is given or that it starts.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly PostgresFixture? _postgres;
    private readonly string _server;
    private readonly string _name = $"gallery_benchmark_{Guid.NewGuid():N}";

    private BenchmarkDatabase(PostgresFixture? postgres, string server)
    {
        (_postgres, _server) = (postgres, server);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections to it.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Makes it.</summary>
    /// <param name="server">A connection string of a server where databases may be made; null: one is started.</param>
    /// <returns>The database, with its tables.</returns>
    public static async Task<BenchmarkDatabase> CreateAsync(string? server)
    {
        PostgresFixture? postgres = server is null ? new PostgresFixture() : null;
        BenchmarkDatabase database = new(
            postgres, server ?? (await postgres!.ServerAsync()).ConnectionString());
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        await ClusterDatabase.InitAsync(database.ConnectionString, CancellationToken.None);
        return database;
    }

    /// <summary>Empties the tables of rows and lets the server write what it has in memory, so that each measurement
    /// starts from the same.</summary>
    /// <returns>When it is done.</returns>
    public async Task ClearAsync()
    {
        await using NpgsqlConnection connection = await Source.OpenConnectionAsync();
        foreach (string text in (string[])
            ["TRUNCATE gallery.identities, gallery.facet_sums, gallery.images", "CHECKPOINT"])
        {
            await using NpgsqlCommand command = new(text, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The server's version and what its durability depends on.</summary>
    /// <returns>One line.</returns>
    public async Task<string> DescribeAsync()
    {
        await using NpgsqlCommand command = Source.CreateCommand(
            "SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s, shared_buffers %s', "
            + "split_part(current_setting('server_version'), ' ', 1), current_setting('fsync'), "
            + "current_setting('synchronous_commit'), current_setting('shared_buffers'))");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    private async Task OnServerAsync(string text)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_server) { Pooling = false });
        await using NpgsqlCommand command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }
}

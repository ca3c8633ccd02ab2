using Microsoft.AspNetCore.Builder;
using Npgsql;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Fixtures;

/// <summary>A database that is ready for clusters; each test has a cluster of its own in it.</summary>
public sealed class ClusterStore(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new(postgres);
    private int _clusters;

    internal PostgresDatabase Postgres => _database;

    internal string Database => _database.ConnectionString;

    /// <summary>A cluster's id. The database is the last one's that was asked for.</summary>
    internal string NextCluster()
    {
        using NpgsqlDataSource source = NpgsqlDataSource.Create(Database);
        using NpgsqlCommand free = source.CreateCommand("DELETE FROM gallery.cluster");
        free.ExecuteNonQuery();
        return $"cluster-{Interlocked.Increment(ref _clusters)}";
    }

    /// <summary>The options of a process of a cluster, which takes them from a file.</summary>
    /// <param name="folder">The process's own folder.</param>
    /// <param name="cluster">The cluster's id.</param>
    /// <param name="name">The process's name.</param>
    /// <param name="roles">Its roles.</param>
    internal string[] Options(TemporaryFolder folder, string cluster, string name, string roles)
    {
        string file = folder.File($"{name}.json");
        File.WriteAllText(file, $$$"""{"Cluster":{"Id":"{{{cluster}}}"}}""");
        return
        [
            "--config", file, "--data", folder.File(name), "--database", Database, "--roles", roles, "--name", name,
        ];
    }

    /// <summary>A process of a cluster, in this one.</summary>
    internal WebApplication Build(
        TemporaryFolder folder, string cluster, string name, string roles, params (string Key, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Server:DataFolder"] = folder.File(name),
            ["Server:Urls"] = "http://127.0.0.1:0",
            ["Server:Roles"] = roles,
            ["Server:Name"] = name,
            ["Cluster:Id"] = cluster,
            ["Cluster:Database"] = Database,
        };
        foreach ((string key, string value) in more)
        {
            settings[key] = value;
        }

        return GalleryHost.Build(settings: settings);
    }

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (postgres.IsInstalled)
        {
            await ClusterDatabase.InitAsync(Database, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}

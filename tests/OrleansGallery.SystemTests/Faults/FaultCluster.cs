using OrleansGallery.Client;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>Real processes on a real PostgreSQL: some silos that hold partitions, one with the API alone.</summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTime = TimeSpan.FromSeconds(60);

    private readonly List<FaultNode> _nodes = [];
    private Uri _apiUrl = null!;

    private FaultCluster(PostgresFixture postgres) => Database = new PostgresDatabase(postgres);

    public TemporaryFolder Folder { get; } = new();

    public PostgresDatabase Database { get; }

    public IReadOnlyList<FaultNode> Silos => [.. _nodes.Where(node => node.Roles != "api")];

    public FaultNode Api => _nodes.Single(node => node.Roles == "api");

    public string Errors => string.Concat(_nodes.Select(node => node.Errors));

    public static async Task<FaultCluster> StartAsync(OwnPostgres postgres, int silos)
    {
        FaultCluster cluster = new(postgres.Fixture);
        try
        {
            await cluster.Database.InitializeAsync();
            await ClusterDatabase.InitAsync(cluster.Database.ConnectionString, CancellationToken.None);
            await Task.WhenAll(Enumerable.Range(1, silos).Select(
                number => cluster.AddAsync($"silo-{number}", "gallery")));
            await cluster.AddAsync("api", "api");
            cluster.OnApiStarted();
            using GalleryClient client = cluster.Connect();
            await ReadyAsync(client);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<FaultNode> AddAsync(string name, string roles)
    {
        FaultNode node = new(this, name, roles);
        lock (_nodes)
        {
            _nodes.Add(node);
        }

        await node.StartAsync();
        return node;
    }

    public async Task RemoveAsync(FaultNode node)
    {
        await node.StopAsync();
        lock (_nodes)
        {
            _nodes.Remove(node);
        }

        await node.DisposeAsync();
    }

    /// <summary>A client of the API; it finds it again where it has started anew.</summary>
    public GalleryClient Connect() => new(_apiUrl);

    /// <summary>The API has started, maybe anew.</summary>
    public void OnApiStarted() => _apiUrl = Api.Url;

    public static async Task ReadyAsync(GalleryClient client)
    {
        using CancellationTokenSource limit = new(ReadyTime);
        while (!await client.IsReadyAsync(limit.Token))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FaultNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Database.DisposeAsync();
        Folder.Dispose();
    }
}

using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary>The cluster that is measured: gallery silos, and one process that serves HTTP and is no silo, so that
/// clients keep their address while silos come and go.</summary>
internal sealed class BenchCluster : IDisposable
{
    /// <summary>The cluster's id; a database that has it was made by an earlier run.</summary>
    public const string Id = "gallery-bench";

    // How many cores the runtime takes a machine to have.
    private const string CoresVariable = "DOTNET_PROCESSOR_COUNT";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("gallery-bench-").FullName;
    private readonly Dictionary<string, string> _siloVariables;
    private readonly List<BenchSilo> _silos = [];
    private readonly BenchSilo _api;
    private GalleryClient? _client;
    private int _number;

    /// <param name="database">The connection string.</param>
    /// <param name="siloCores">How many cores each silo uses; null: all of the machine's.</param>
    public BenchCluster(string database, int? siloCores)
    {
        const string section = $"{GalleryHost.EnvironmentPrefix}{ClusterMemberOptions.Section}__";
        // Not on the command line: everybody on the machine may read that.
        Dictionary<string, string> variables = new()
        {
            [DatabaseOption.Variable] = database,
            [$"{section}{nameof(ClusterMemberOptions.Id)}"] = Id,
            [$"{section}{nameof(ClusterMemberOptions.Address)}"] = "127.0.0.1",
            [$"{section}{nameof(ClusterMemberOptions.SiloPort)}"] = "0",
            [$"{section}{nameof(ClusterMemberOptions.GatewayPort)}"] = "0",
        };
        _api = new BenchSilo("api", "api", _folder, variables);
        _siloVariables = variables;
        if (siloCores is { } cores)
        {
            // The runtime reads it in base 16.
            _siloVariables = new(variables) { [CoresVariable] = cores.ToString("x", CultureInfo.InvariantCulture) };
        }
    }

    public IReadOnlyList<BenchSilo> Silos => _silos;

    public GalleryClient Client => _client!;

    /// <summary>How long all silos together have worked.</summary>
    public TimeSpan SilosCpuTime => _silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + silo.CpuTime);

    public TimeSpan ApiCpuTime => _api.CpuTime;

    public bool IsRunning(string silo) => _silos.Exists(one => one.Name == silo && one.IsRunning);

    public async Task StartAsync(int silos, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => AddAsync()));
        await _api.StartAsync();
        _client = new GalleryClient(_api.Url);
        await WaitAsync(
            () => Client.IsReadyAsync(cancellationToken), "The cluster is not ready", cancellationToken);
    }

    /// <summary>Starts one more silo.</summary>
    public Task AddAsync()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"silo-{++_number}");
        BenchSilo silo = new(name, BalancedShare.GalleryRole, _folder, _siloVariables);
        _silos.Add(silo);
        return silo.StartAsync();
    }

    /// <summary>Stops the silo that came last, in order.</summary>
    public async Task StopLastAsync()
    {
        BenchSilo silo = _silos[^1];
        _silos.Remove(silo);
        await silo.StopAsync();
    }

    /// <summary>Kills the silo that came last.</summary>
    public void KillLast()
    {
        using BenchSilo silo = _silos[^1];
        _silos.Remove(silo);
    }

    public Task StopAllAsync() => Task.WhenAll(_silos.Select(silo => silo.StopAsync()));

    public Task StartAllAsync() => Task.WhenAll(_silos.Select(silo => silo.StartAsync()));

    /// <summary>Waits until every silo holds its share and nothing moves.</summary>
    public async Task<ClusterResponse> BalancedAsync(int partitions, CancellationToken cancellationToken)
    {
        ClusterResponse? seen = null;
        await WaitAsync(
            async () =>
            {
                try
                {
                    seen = await Client.GetClusterAsync(cancellationToken);
                    return BalancedShare.IsReached(seen, [.. _silos.Select(silo => silo.Name)], partitions);
                }
                catch (GalleryApiException)
                {
                    return false;
                }
            },
            "The partitions are not balanced",
            cancellationToken);
        return seen!;
    }

    public static async Task WaitAsync(Func<Task<bool>> until, string otherwise, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!await until())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new InvalidDataException(
                    $"{otherwise} after {Patience.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _api.Dispose();
        _silos.ForEach(silo => silo.Dispose());
        Directory.Delete(_folder, recursive: true);
    }
}

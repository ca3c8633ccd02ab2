using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansGallery.Grains;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>
/// A silo of its own in this process, known to others only by the membership in PostgreSQL. Its ways to the database
/// and from the other silos lead through proxies; with both down it is as good as killed.
/// </summary>
internal sealed class PostgresSilo : ISiloStatusListener, IAsyncDisposable
{
    private readonly CuttableProxy _database;
    private readonly CuttableProxy _network;
    private readonly IHost _host;
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, SiloStatus> _statuses = [];
    private TaskCompletionSource _changed = new();

    private PostgresSilo(PostgresDatabase database, string cluster, int port, int gateway)
    {
        _database = new CuttableProxy(database.Server.Address);
        _network = new CuttableProxy(new IPEndPoint(IPAddress.Loopback, port));
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UsePostgresMembership(database.Through(_database));
            silo.UseClusterDirectory();
            silo.Configure<ClusterOptions>(options => options.ClusterId = cluster);
            silo.ConfigureEndpoints(IPAddress.Loopback, _network.Address.Port, gateway);
            silo.Configure<EndpointOptions>(
                options => options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, port));
            // A silo that learns that it is dead ends its process, which is this one.
            silo.Services.AddSingleton<IFatalErrorHandler, IgnoredEnd>();
        });
        _host = builder.Build();
    }

    public SiloAddress Address => _host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<PostgresSilo> StartAsync(
        PostgresDatabase database, string cluster, TestClusterPortAllocator ports)
    {
        (int port, int gateway) = ports.AllocateConsecutivePortPairs(1);
        PostgresSilo silo = new(database, cluster, port, gateway);
        await silo._host.StartAsync();
        silo.Listen();
        return silo;
    }

    /// <summary>From now on neither database nor silos hear of it, and it hears of nobody.</summary>
    public static void Kill(params ReadOnlySpan<PostgresSilo> silos)
    {
        foreach (PostgresSilo silo in silos)
        {
            silo._database.TakeDown();
            silo._network.TakeDown();
        }
    }

    /// <summary>Cuts the connections that others have made to this silo, and lets nobody make new ones.</summary>
    public void Isolate() => _network.TakeDown();

    /// <summary>Waits until this silo knows that another is dead.</summary>
    public Task SeesDeadAsync(SiloAddress silo) =>
        SeesAsync(statuses => statuses.GetValueOrDefault(silo) == SiloStatus.Dead);

    /// <summary>Waits until this silo knows of that many that live, itself included, and grains answer on it.</summary>
    public async Task SeesActiveAsync(int count)
    {
        await SeesAsync(statuses => statuses.Values.Count(status => status == SiloStatus.Active) == count);
        await Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
    }

    /// <inheritdoc />
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _statuses[updatedSilo] = status;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        // A silo that cannot write its end tries for two minutes.
        _database.Restore();
        _network.Restore();
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _host.StopAsync(now.Token);
        _host.Dispose();
        await _network.DisposeAsync();
        await _database.DisposeAsync();
    }

    private void Listen()
    {
        ISiloStatusOracle oracle = _host.Services.GetRequiredService<ISiloStatusOracle>();
        oracle.SubscribeToSiloStatusEvents(this);
        foreach ((SiloAddress silo, SiloStatus status) in oracle.GetApproximateSiloStatuses())
        {
            SiloStatusChangeNotification(silo, status);
        }
    }

    private async Task SeesAsync(Predicate<Dictionary<SiloAddress, SiloStatus>> condition)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(_statuses))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    private sealed class IgnoredEnd : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender, string? context, Exception? exception)
        {
        }
    }
}

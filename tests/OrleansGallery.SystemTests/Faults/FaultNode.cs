using System.Net;
using System.Text.Json;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>
/// One process of a cluster that a test maltreats: its way to the database leads through a proxy of its own, and so
/// does the way of the others to its silo.
/// </summary>
internal sealed class FaultNode : IAsyncDisposable
{
    private readonly FaultCluster _cluster;
    private readonly string _folder;
    private readonly int _siloPort = FreePorts.FindOne(IPAddress.Loopback);
    private readonly int _gatewayPort = FreePorts.FindOne(IPAddress.Loopback);
    private GalleryProcess? _process;
    private string _errors = string.Empty;

    public FaultNode(FaultCluster cluster, string name, string roles)
    {
        (_cluster, Name, Roles) = (cluster, name, roles);
        Database = new CuttableProxy(cluster.Database.Server.Address);
        Silo = new CuttableProxy(new IPEndPoint(IPAddress.Loopback, _siloPort));
        _folder = cluster.Folder.File(name);
        Directory.CreateDirectory(_folder);
    }

    public string Name { get; }

    public string Roles { get; }

    /// <summary>The process's way to the database.</summary>
    public CuttableProxy Database { get; }

    /// <summary>The other silos' way to this one.</summary>
    public CuttableProxy Silo { get; }

    public bool IsRunning => _process?.IsRunning == true;

    /// <summary>What it wrote to standard error, in all its lives.</summary>
    public string Errors => _process is null ? _errors : $"{_errors}--- {Name}\n{_process.Errors}";

    public Uri Url => _process!.Url;

    public async Task StartAsync()
    {
        string file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
        {
            Cluster = new
            {
                Id = "faults",
                Database = _cluster.Database.Through(Database),
                SiloPort = _siloPort,
                GatewayPort = _gatewayPort,
                AdvertisedSiloPort = Silo.Address.Port,
            },
        }));
        _process = await GalleryProcess.ServeAsync(
            "--config", file, "--data", _folder, "--roles", Roles, "--name", Name);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process!.Kill();
        End();
    }

    /// <summary>SIGTERM; returns when it has ended.</summary>
    public async Task StopAsync()
    {
        _process!.Signal("TERM");
        await _process.EndedAsync();
        End();
    }

    /// <summary>SIGSTOP: the process does nothing any more, and its connections stay.</summary>
    public void Pause() => _process!.Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Resume() => _process!.Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            Resume();
        }

        End();
        await Database.DisposeAsync();
        await Silo.DisposeAsync();
    }

    private void End()
    {
        if (_process is not null)
        {
            _errors = Errors;
            _process.Dispose();
            _process = null;
        }
    }
}

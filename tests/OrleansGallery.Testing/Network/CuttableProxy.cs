using System.Net;
using System.Net.Sockets;

namespace OrleansGallery.Testing;

/// <summary>
/// A network between a server and its clients that a test holds up or cuts, at a chosen byte or at once. Listens on
/// loopback and leads to a server, by TCP or by a Unix socket.
/// </summary>
public sealed class CuttableProxy : IAsyncDisposable
{
    private readonly EndPoint _server;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<ProxiedConnection> _connections = [];
    private readonly Task _accepting;
    private bool _refuses;

    /// <summary>Starts to listen.</summary>
    /// <param name="server">Where to lead to.</param>
    public CuttableProxy(EndPoint server)
    {
        _server = server;
        ToServer = new ProxyGate(Cut);
        ToClient = new ProxyGate(Cut);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What clients say.</summary>
    public ProxyGate ToServer { get; }

    /// <summary>What the server answers.</summary>
    public ProxyGate ToClient { get; }

    /// <summary>Ends every connection at once, on both sides; new ones come through.</summary>
    public void Cut()
    {
        ProxiedConnection[] connections;
        lock (_lock)
        {
            connections = [.. _connections];
        }

        foreach (ProxiedConnection connection in connections)
        {
            connection.Close();
        }
    }

    /// <summary>Ends every new connection as soon as it is made, until <see cref="Restore"/>.</summary>
    public void RefuseNew()
    {
        lock (_lock)
        {
            _refuses = true;
        }
    }

    /// <summary>Ends every connection, and every new one as soon as it is made, until <see cref="Restore"/>.</summary>
    public void TakeDown()
    {
        RefuseNew();
        Cut();
    }

    /// <summary>Lets everything through again.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            _refuses = false;
        }

        ToServer.Release();
        ToClient.Release();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        TakeDown();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptAsync(_stop.Token);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(ServeAsync(client));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using ProxiedConnection connection = new(client, _server, ToServer, ToClient);
        lock (_lock)
        {
            if (_refuses)
            {
                return;
            }

            _connections.Add(connection);
        }

        await connection.RunAsync(_stop.Token);
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace OrleansGallery.Testing;

/// <summary>One client's connection through a <see cref="CuttableProxy"/>.</summary>
internal sealed class ProxiedConnection(Socket client, EndPoint address, ProxyGate toServer, ProxyGate toClient)
    : IDisposable
{
    private readonly Socket _server = new(
        address.AddressFamily, SocketType.Stream,
        address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);

    private readonly CancellationTokenSource _closed = new();

    /// <summary>Carries bytes both ways until one side, or the test, ends it.</summary>
    /// <param name="stop">The end of the proxy.</param>
    /// <returns>When nothing is carried any more.</returns>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop, _closed.Token);
        try
        {
            await _server.ConnectAsync(address, end.Token);
            await Task.WhenAll(
                CarryAsync(client, _server, toServer, end.Token), CarryAsync(_server, client, toClient, end.Token));
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            Close();
        }
    }

    /// <summary>Ends it, whatever it is doing.</summary>
    public void Close()
    {
        _closed.Cancel();
        client.Dispose();
        _server.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    private async Task CarryAsync(Socket from, Socket to, ProxyGate gate, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                int count = await from.ReceiveAsync(buffer, cancellationToken);
                if (count == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                await gate.PassAsync(
                    buffer.AsMemory(0, count),
                    async part => await SendAsync(to, part, cancellationToken),
                    cancellationToken);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The other direction ends with this one.
            Close();
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is OperationCanceledException or SocketException or ObjectDisposedException;
}

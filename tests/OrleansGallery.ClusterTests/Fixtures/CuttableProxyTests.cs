using System.Net;
using System.Net.Sockets;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

public sealed class CuttableProxyTests : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CuttableProxy _proxy;

    public CuttableProxyTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _proxy = new CuttableProxy(_listener.LocalEndPoint!);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Carry_OfManyBytes_ChangesNothing()
    {
        (Socket client, Socket server) = await ConnectAsync();
        byte[] bytes = new byte[1_000_003];
        new Random(1).NextBytes(bytes);

        Task sending = client.SendAsync(bytes, Token).AsTask();
        byte[] received = await ReceiveAsync(server, bytes.Length);
        await sending;

        Assert.Equal(bytes, received);
        Assert.Equal(bytes.Length, _proxy.ToServer.Passed);
        Assert.Equal(0, _proxy.ToClient.Passed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public async Task CutAfter_AChosenByte_BringsThatManyAndTheEnd(int bytes)
    {
        (Socket client, Socket server) = await ConnectAsync();
        Task cut = _proxy.ToServer.CutAfter(bytes);

        await client.SendAsync(new byte[10], Token);
        await cut;

        Assert.Equal(bytes, await CountToEndAsync(server));
        Assert.Equal(0, await CountToEndAsync(client));
        (Socket next, Socket other) = await ConnectAsync();
        await next.SendAsync(new byte[10], Token);
        Assert.Equal(10, (await ReceiveAsync(other, 10)).Length);
    }

    [Fact]
    public async Task HoldAfter_AChosenByte_BringsTheRestWhenReleased()
    {
        (Socket client, Socket server) = await ConnectAsync();
        Task held = _proxy.ToClient.HoldAfter(4);

        await server.SendAsync(new byte[] { 1, 2, 3, 4, 5, 6 }, Token);
        await held;

        Assert.Equal([1, 2, 3, 4], await ReceiveAsync(client, 4));
        Assert.Equal(0, client.Available);
        await client.SendAsync(new byte[] { 7 }, Token);
        Assert.Equal([7], await ReceiveAsync(server, 1));
        _proxy.ToClient.Release();
        Assert.Equal([5, 6], await ReceiveAsync(client, 2));
    }

    [Fact]
    public async Task Cut_WhileHeld_EndsBothSides()
    {
        (Socket client, Socket server) = await ConnectAsync();
        Task held = _proxy.ToServer.HoldAfter(0);
        await client.SendAsync(new byte[10], Token);
        await held;

        _proxy.Cut();

        Assert.Equal(0, await CountToEndAsync(server));
        Assert.Equal(0, await CountToEndAsync(client));
    }

    [Fact]
    public async Task TakeDown_UntilRestored_EndsOldAndNewConnections()
    {
        (Socket client, _) = await ConnectAsync();

        _proxy.TakeDown();

        Assert.Equal(0, await CountToEndAsync(client));
        using Socket refused = await DialAsync();
        Assert.Equal(0, await CountToEndAsync(refused));
        _proxy.Restore();
        (Socket next, Socket other) = await ConnectAsync();
        await next.SendAsync(new byte[3], Token);
        Assert.Equal(3, (await ReceiveAsync(other, 3)).Length);
    }

    [Fact]
    public async Task Shutdown_OfOneSide_LeavesTheOtherDirectionOpen()
    {
        (Socket client, Socket server) = await ConnectAsync();

        client.Shutdown(SocketShutdown.Send);

        Assert.Equal(0, await CountToEndAsync(server));
        await server.SendAsync(new byte[5], Token);
        Assert.Equal(5, (await ReceiveAsync(client, 5)).Length);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _listener.Dispose();
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        Socket client = await DialAsync();
        return (client, await _listener.AcceptAsync(Token));
    }

    private async Task<Socket> DialAsync()
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_proxy.Address, Token);
        return client;
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        for (int received = 0; received < count;)
        {
            int read = await socket.ReceiveAsync(bytes.AsMemory(received), Token);
            Assert.NotEqual(0, read);
            received += read;
        }

        return bytes;
    }

    private static async Task<int> CountToEndAsync(Socket socket)
    {
        int count = 0;
        byte[] buffer = new byte[64];
        try
        {
            for (int read = -1; read != 0; count += read)
            {
                read = await socket.ReceiveAsync(buffer, Token);
            }
        }
        catch (SocketException)
        {
            // An end, if not an orderly one.
        }

        return count;
    }
}

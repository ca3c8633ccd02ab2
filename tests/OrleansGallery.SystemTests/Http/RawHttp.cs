using System.Net.Sockets;
using System.Text;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Requests that no HTTP library would send: raw targets, bodies cut short.</summary>
internal static class RawHttp
{
    public static async Task<(string Head, string Body)> SendAsync(Uri url, string request)
    {
        using TcpClient tcp = await OpenAsync(url, request);
        return await ReadAsync(tcp);
    }

    public static async Task<TcpClient> OpenAsync(Uri url, string request)
    {
        TcpClient tcp = new();
        await tcp.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        await tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        return tcp;
    }

    /// <summary>Reads to the end of the connection; the body is as it came, chunk sizes included.</summary>
    public static async Task<(string Head, string Body)> ReadAsync(TcpClient tcp)
    {
        using StreamReader reader = new(tcp.GetStream(), Encoding.UTF8);
        string[] parts = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("\r\n\r\n", 2);
        return (parts[0], parts.Length > 1 ? parts[1] : string.Empty);
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;

namespace OrleansGallery.Server;

/// <summary>This process's HTTP API as its own page reaches it: over the loopback address, and with TLS by the very
/// certificate, whatever name is in it.</summary>
internal static class OwnApi
{
    public static HttpClient Connect(IServer server, HttpCertificate certificate)
    {
        Uri listening = GalleryHost.AddressOf(server);
        UriBuilder address = new(listening)
        {
            Host = IPAddress.TryParse(listening.Host.Trim('[', ']'), out IPAddress? host) ? Near(host) : listening.Host,
        };
        SocketsHttpHandler handler = new() { ConnectTimeout = TimeSpan.FromSeconds(10), UseProxy = false };
        if (listening.Scheme == Uri.UriSchemeHttps)
        {
            X509Certificate2 own = certificate.Value;
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(own.RawData);
        }

        return new HttpClient(handler) { BaseAddress = address.Uri, Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string Near(IPAddress host) => host switch
    {
        _ when host.Equals(IPAddress.Any) => $"{IPAddress.Loopback}",
        _ when host.Equals(IPAddress.IPv6Any) => $"[{IPAddress.IPv6Loopback}]",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"[{host}]",
        _ => $"{host}",
    };
}

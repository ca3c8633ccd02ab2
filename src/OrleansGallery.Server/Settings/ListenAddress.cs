using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OrleansGallery.Server;

/// <summary>
/// An address to listen on. Beyond loopback, or behind a proxy, only with keys, because who can connect could read and
/// delete everything without, and with TLS, of the service or of a proxy, because keys could be read on their way
/// without.
/// </summary>
/// <param name="Endpoint">Where.</param>
/// <param name="HasTls">Whether it is an <c>https</c> address.</param>
internal sealed record ListenAddress(IPEndPoint Endpoint, bool HasTls)
{
    public static string[] Split(string? urls) => (urls ?? string.Empty).Split(
        ';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool TryParse(
        string url, ServerOptions server, [NotNullWhen(true)] out ListenAddress? address,
        [NotNullWhen(false)] out string? failure)
    {
        address = Read(url);
        failure = address is null
            ? $"'{url}' ({Setting(nameof(server.Urls))}, --urls) is no address of the form http://127.0.0.1:5210 or "
                + "https://127.0.0.1:5210, with an IP address or localhost."
            : FaultOf(url, address, server);
        return failure is null;
    }

    private static ListenAddress? Read(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            || address.AbsolutePath != "/"
            || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0)
        {
            return null;
        }

        IPAddress? host = address.Host == "localhost"
            ? IPAddress.Loopback
            : IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? parsed) ? parsed : null;
        return host is null
            ? null
            : new ListenAddress(new IPEndPoint(host, address.Port), address.Scheme == Uri.UriSchemeHttps);
    }

    private static string? FaultOf(string url, ListenAddress address, ServerOptions server)
    {
        if (address.HasTls && server.Certificate.Length == 0)
        {
            return $"'{url}' ({Setting(nameof(server.Urls))}, --urls) needs {Setting(nameof(server.Certificate))}.";
        }

        if (server.BehindProxy && !server.AsksForKeys)
        {
            return $"{Setting(nameof(server.BehindProxy))}=true (--behind-proxy) lets callers in from everywhere; that "
                + $"needs {Setting(nameof(server.Keys))}=required (--keys), on '{url}' "
                + $"({Setting(nameof(server.Urls))}, --urls) as well.";
        }

        return IPAddress.IsLoopback(address.Endpoint.Address)
            || (server.AsksForKeys && (address.HasTls || server.BehindProxy))
            ? null
            : $"'{url}' ({Setting(nameof(server.Urls))}, --urls) is no loopback address; that needs "
                + $"{Setting(nameof(server.Keys))}=required (--keys), and either https with "
                + $"{Setting(nameof(server.Certificate))} or a proxy in front that has TLS "
                + $"({Setting(nameof(server.BehindProxy))}=true, --behind-proxy).";
    }

    private static string Setting(string name) => $"{ServerOptions.Section}:{name}";
}

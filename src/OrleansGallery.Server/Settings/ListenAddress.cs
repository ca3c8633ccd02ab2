using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OrleansGallery.Server;

/// <summary>An address to listen on. Without API keys only loopback: who can connect can read and delete
/// everything.</summary>
internal static class ListenAddress
{
    public static string[] Split(string? urls) => (urls ?? string.Empty).Split(
        ';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool TryParse(
        string url, [NotNullWhen(true)] out IPEndPoint? endpoint, [NotNullWhen(false)] out string? failure)
    {
        endpoint = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
            || address.Scheme != Uri.UriSchemeHttp
            || address.AbsolutePath != "/"
            || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0)
        {
            failure = $"'{url}' ({Setting}, --urls) is no address of the form http://127.0.0.1:5210.";
            return false;
        }

        IPAddress? host = address.Host == "localhost"
            ? IPAddress.Loopback
            : IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? parsed) ? parsed : null;
        if (host is null || !IPAddress.IsLoopback(host))
        {
            failure = $"'{url}' ({Setting}, --urls) is no loopback address; the service has no API keys yet, so it "
                + "listens on 127.0.0.1, [::1] or localhost only.";
            return false;
        }

        endpoint = new IPEndPoint(host, address.Port);
        failure = null;
        return true;
    }

    private static string Setting => $"{ServerOptions.Section}:{nameof(ServerOptions.Urls)}";
}

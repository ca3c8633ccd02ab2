using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Whether what listens at an address is a service of ours.</summary>
internal static class LiveService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks it whether it lives.</summary>
    public static async Task<bool> AnswersAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        if (address.Endpoint.Port == 0)
        {
            return false;
        }

        // Nothing is told to it, and what it says is believed only so far: its certificate is not looked at.
        using HttpClientHandler handler = new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using HttpClient client = new(handler) { Timeout = Patience };
        try
        {
            HealthResponse? health = await client.GetFromJsonAsync<HealthResponse>(
                UrlOf(address), GalleryJson.Options, cancellationToken);
            return health is { Status: "live" };
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static Uri UrlOf(ListenAddress address)
    {
        IPEndPoint at = address.Endpoint;
        IPAddress host = at.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : at.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : at.Address;
        return new Uri($"{(address.HasTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{new IPEndPoint(host, at.Port)}"
            + "/livez");
    }
}

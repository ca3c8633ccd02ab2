using System.Net;

namespace OrleansGallery.Grains;

/// <summary>A silo whose heartbeat is fresh.</summary>
/// <param name="Endpoint">Where others reach it.</param>
/// <param name="GatewayPort">Its gateway's port.</param>
/// <param name="HostName">Its machine's name.</param>
public sealed record LivingSilo(IPEndPoint Endpoint, int GatewayPort, string HostName)
{
    /// <inheritdoc />
    public override string ToString() => $"{Endpoint} on '{HostName}'";
}

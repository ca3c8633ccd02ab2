using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace OrleansGallery.Server;

/// <summary>Where a silo listens, and what others are told of it.</summary>
internal sealed class SiloAddresses
{
    private readonly ClusterMemberOptions _cluster;
    private readonly IPEndPoint _silo;
    private readonly IPEndPoint _gateway;

    /// <exception cref="StartRefusedException">The advertised host name has no address.</exception>
    public SiloAddresses(ClusterMemberOptions cluster)
    {
        _cluster = cluster;
        IPAddress address = IPAddress.Parse(cluster.Address);
        _silo = new IPEndPoint(address, cluster.SiloPort == 0 ? FreePorts.FindOne(address) : cluster.SiloPort);
        _gateway = new IPEndPoint(
            address, cluster.GatewayPort == 0 ? FreePorts.FindOne(address, _silo.Port) : cluster.GatewayPort);
        Advertised = cluster.AdvertisedAddress.Length == 0 ? address : Resolve(cluster.AdvertisedAddress);
    }

    /// <summary>The address that others are told.</summary>
    public IPAddress Advertised { get; }

    public void Apply(EndpointOptions options)
    {
        options.SiloListeningEndpoint = _silo;
        options.GatewayListeningEndpoint = _gateway;
        options.AdvertisedIPAddress = Advertised;
        options.SiloPort = _cluster.AdvertisedSiloPort == 0 ? _silo.Port : _cluster.AdvertisedSiloPort;
        options.GatewayPort = _cluster.AdvertisedGatewayPort == 0 ? _gateway.Port : _cluster.AdvertisedGatewayPort;
    }

    /// <summary>Refuses an address that this machine does not have, and ports that somebody uses.</summary>
    /// <exception cref="StartRefusedException">They cannot be listened on.</exception>
    public void Require()
    {
        if (Refusals().FirstOrDefault() is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>What cannot be listened on.</summary>
    /// <returns>The settings, and what the operating system says.</returns>
    public IEnumerable<StartRefusedException> Refusals() =>
        new[] { (_silo, nameof(_cluster.SiloPort)), (_gateway, nameof(_cluster.GatewayPort)) }
            .Select(port => PortProbe.Refusal(port.Item1) is { } refusal
                ? new StartRefusedException(
                    $"The silo cannot listen on {port.Item1} ({ClusterMemberOptions.Name(nameof(_cluster.Address))}, "
                    + $"{ClusterMemberOptions.Name(port.Item2)}): {refusal.Message}.",
                    refusal)
                : null)
            .OfType<StartRefusedException>();

    private static IPAddress Resolve(string advertised)
    {
        try
        {
            return IPAddress.TryParse(advertised, out IPAddress? address)
                ? address
                : Dns.GetHostAddresses(advertised).OrderBy(found => found.AddressFamily).First();
        }
        catch (Exception exception) when (exception
            is SocketException or ArgumentException or InvalidOperationException)
        {
            throw new StartRefusedException(
                $"{ClusterMemberOptions.Name(nameof(ClusterMemberOptions.AdvertisedAddress))} is '{advertised}', which "
                + $"is no IP address and no known host name: {exception.Message}",
                exception);
        }
    }
}

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

    /// <exception cref="StartRefusedException">The advertised host name has no address, or one beyond loopback without
    /// a certificate.</exception>
    public SiloAddresses(ClusterMemberOptions cluster)
    {
        _cluster = cluster;
        IPAddress address = IPAddress.Parse(cluster.Address);
        _silo = new IPEndPoint(address, cluster.SiloPort == 0 ? FreePorts.FindOne(address) : cluster.SiloPort);
        _gateway = new IPEndPoint(
            address, cluster.GatewayPort == 0 ? FreePorts.FindOne(address, _silo.Port) : cluster.GatewayPort);
        Advertised = cluster.AdvertisedAddress.Length == 0 ? address : Resolve(cluster.AdvertisedAddress);
        if (!IPAddress.IsLoopback(Advertised) && !cluster.HasCertificate)
        {
            throw new StartRefusedException(
                $"{ClusterMemberOptions.Name(nameof(cluster.AdvertisedAddress))} is '{Advertised}', which is no "
                + $"loopback address; that needs {ClusterMemberOptions.Name(nameof(cluster.Certificate))} and "
                + $"{ClusterMemberOptions.Name(nameof(cluster.CertificateAuthority))}.");
        }
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
        if (Refusals().Select(port => port.Refusal).FirstOrDefault() is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>What cannot be listened on.</summary>
    /// <returns>The ports, and what the operating system says, with the settings.</returns>
    public IEnumerable<(int Port, StartRefusedException Refusal)> Refusals()
    {
        foreach ((IPEndPoint at, string key) in new[]
            { (_silo, nameof(_cluster.SiloPort)), (_gateway, nameof(_cluster.GatewayPort)) })
        {
            if (PortProbe.Refusal(at) is { } refusal)
            {
                yield return (at.Port, new StartRefusedException(
                    $"The silo cannot listen on {at} ({ClusterMemberOptions.Name(nameof(_cluster.Address))}, "
                    + $"{ClusterMemberOptions.Name(key)}): {refusal.Message}.",
                    refusal));
            }
        }
    }

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

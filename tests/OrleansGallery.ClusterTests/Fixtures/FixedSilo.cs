namespace OrleansGallery.ClusterTests;

/// <summary>The first silo of a <see cref="FixedMembership"/>.</summary>
internal sealed class FixedSilo : ILocalSiloDetails
{
    public string Name => "a@gallery";

    public string ClusterId => "test";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress => FixedMembership.Address(1);

    public SiloAddress GatewayAddress => SiloAddress;
}

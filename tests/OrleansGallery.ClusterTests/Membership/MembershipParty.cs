using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>
/// What one process has of a membership: a silo's table and a client's gateway list, with no silo running.
/// </summary>
internal sealed class MembershipParty : IDisposable
{
    private static readonly DateTime Start = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly IHost _silo;
    private readonly IHost _client;

    public MembershipParty(string connectionString, string cluster)
    {
        HostApplicationBuilder silo = Host.CreateEmptyApplicationBuilder(null);
        silo.UseOrleans(orleans => orleans.UsePostgresMembership(connectionString)
            .Configure<ClusterOptions>(options => options.ClusterId = cluster));
        _silo = silo.Build();
        HostApplicationBuilder client = Host.CreateEmptyApplicationBuilder(null);
        client.UseOrleansClient(orleans => orleans.UsePostgresMembership(connectionString)
            .Configure<ClusterOptions>(options => options.ClusterId = cluster));
        _client = client.Build();
        Table = _silo.Services.GetRequiredService<IMembershipTable>();
        Gateways = _client.Services.GetRequiredService<IGatewayListProvider>();
    }

    public IGatewayListProvider Gateways { get; }

    private IMembershipTable Table { get; }

    /// <summary>A table of a cluster that has no silos yet.</summary>
    public static async Task<MembershipParty> JoinAsync(string connectionString, string cluster)
    {
        MembershipParty party = new(connectionString, cluster);
        await party.Table.InitializeMembershipTableAsync(true);
        return party;
    }

    public static MembershipEntry Silo(int number, SiloStatus status = SiloStatus.Active, int gateway = 0) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 11_000 + number), 7),
        SiloName = $"silo-{number}",
        HostName = "host",
        Status = status,
        ProxyPort = gateway,
        StartTime = Start,
        IAmAliveTime = Start.AddSeconds(number),
    };

    public Task InitializeAsync(bool makesVersion) => Table.InitializeMembershipTableAsync(makesVersion);

    public Task<MembershipTableData> ReadAsync() => Table.ReadAllAsync();

    public Task<MembershipTableData> ReadAsync(SiloAddress silo) => Table.ReadRowAsync(silo);

    public Task<bool> AddAsync(MembershipEntry silo, TableVersion version) => Table.InsertRowAsync(silo, version);

    public Task<bool> ChangeAsync(MembershipEntry silo, string tag, TableVersion version) =>
        Table.UpdateRowAsync(silo, tag, version);

    public Task BeatAsync(MembershipEntry silo) => Table.UpdateIAmAliveAsync(silo);

    public Task CleanUpAsync(DateTimeOffset before) => Table.CleanupDefunctSiloEntriesAsync(before);

    public Task DeleteAsync(string cluster) => Table.DeleteMembershipTableEntriesAsync(cluster);

    public async Task<IList<Uri>> ReadGatewaysAsync()
    {
        await Gateways.InitializeGatewayListProviderAsync();
        return await Gateways.GetGatewaysAsync();
    }

    /// <summary>Adds a silo on top of what the table is now.</summary>
    public async Task<bool> AddAsync(MembershipEntry silo) =>
        await Table.InsertRowAsync(silo, (await Table.ReadAllAsync()).Version.Next());

    /// <summary>Changes a silo on top of what the table is now.</summary>
    public async Task<bool> ChangeAsync(MembershipEntry silo)
    {
        MembershipTableData data = await Table.ReadAllAsync();
        return await Table.UpdateRowAsync(silo, data.Version.VersionEtag, data.Version.Next());
    }

    /// <summary>
    /// Everything in the table that a change can change, as text: equal if and only if nothing changed.
    /// </summary>
    public async Task<string> DescribeAsync()
    {
        MembershipTableData data = await Table.ReadAllAsync();
        return $"{data.Version.Version} " + string.Join(" ", data.Members
            .OrderBy(member => member.Item1.SiloAddress)
            .Select(member => $"{member.Item1.ToFullString()} {member.Item2}"));
    }

    public void Dispose()
    {
        _silo.Dispose();
        _client.Dispose();
    }
}

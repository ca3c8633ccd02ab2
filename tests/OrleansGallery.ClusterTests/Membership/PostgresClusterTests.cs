using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>Silos that find and lose each other by the membership in PostgreSQL, with its real timing.</summary>
[Trait("Category", "Cluster")]
public sealed class PostgresClusterTests(MembershipDatabase database) : IClassFixture<MembershipDatabase>, IDisposable
{
    private readonly TestClusterPortAllocator _ports = new();
    private readonly string _cluster = database.NextCluster();

    [Fact]
    public async Task Silo_ThatIsKilled_IsDeclaredDeadInUnderTenSeconds()
    {
        await using PostgresSilo killed = await StartAsync();
        await using PostgresSilo other = await StartAsync();
        await Task.WhenAll(killed.SeesActiveAsync(2), other.SeesActiveAsync(2));
        SiloAddress address = killed.Address;

        long start = Stopwatch.GetTimestamp();
        PostgresSilo.Kill(killed);
        other.Isolate();
        await other.SeesDeadAsync(address);

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TestContext.Current.SendDiagnosticMessage("Declared dead after {0:0.0} s.", elapsed.TotalSeconds);
        Assert.InRange(elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Cluster_ThatWasKilledAsAWhole_IsReadyAgainInUnderTwentySeconds()
    {
        await using Silos old = await StartThreeAsync();

        long start = Stopwatch.GetTimestamp();
        PostgresSilo.Kill(old.All);
        await using Silos restarted = await StartThreeAsync();

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        TestContext.Current.SendDiagnosticMessage("Ready again after {0:0.0} s.", elapsed.TotalSeconds);
        Assert.InRange(elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task Client_OfTheSameCluster_ReachesItsSilos()
    {
        await using PostgresSilo silo = await StartAsync();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(orleans => orleans.UsePostgresMembership(database.Postgres.ConnectionString)
            .Configure<ClusterOptions>(options => options.ClusterId = _cluster));
        using IHost client = builder.Build();
        await client.StartAsync(TestContext.Current.CancellationToken);

        Dictionary<SiloAddress, SiloStatus> hosts = await client.Services.GetRequiredService<IClusterClient>()
            .GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, TestContext.Current.CancellationToken);

        Assert.Equal([silo.Address], hosts.Keys);
        await client.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _ports.Dispose();

    private Task<PostgresSilo> StartAsync() => PostgresSilo.StartAsync(database.Postgres, _cluster, _ports);

    private async Task<Silos> StartThreeAsync()
    {
        Silos silos = new(await Task.WhenAll(StartAsync(), StartAsync(), StartAsync()));
        await Task.WhenAll(silos.All.Select(silo => silo.SeesActiveAsync(3)));
        return silos;
    }

    private sealed record Silos(PostgresSilo[] All) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.WhenAll(All.Select(silo => silo.DisposeAsync().AsTask()));
    }
}

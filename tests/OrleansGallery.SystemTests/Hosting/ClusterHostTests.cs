using System.Net;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Processes of a cluster come and go, and say whether they can serve.</summary>
[Trait("Category", "Cluster")]
public sealed class ClusterHostTests(ClusterStore store) : IClassFixture<ClusterStore>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_ApiAlone_WaitsForASiloAndOutlivesIt()
    {
        string cluster = store.NextCluster();
        await using WebApplication api = store.Build(_folder, cluster, "api", "api");
        Task starting = api.StartAsync(Cancelled);
        using GalleryClient client = new(await ListensAsync(api));
        Assert.False(await client.IsReadyAsync(Cancelled));
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.GetGalleryAsync("g", Cancelled));
        Assert.Equal(ErrorCodes.Retry, refused.Code);

        await using (WebApplication first = await StartAsync(cluster, "gallery", "gallery"))
        {
            await starting;
            await ReadyAsync(client);
            await client.CreateGalleryAsync(new() { Name = "g", Dimension = 2, Partitions = 2 }, Cancelled);
            await first.StopAsync(Cancelled);
        }

        while (await client.IsReadyAsync(Cancelled))
        {
            await Task.Delay(50, Cancelled);
        }

        await using WebApplication second = await StartAsync(cluster, "gallery", "gallery");
        await ReadyAsync(client);
        Assert.Equal(2, (await client.GetGalleryAsync("g", Cancelled)).Dimension);
        Assert.False(Directory.Exists(_folder.File("api")));
        await api.StopAsync(Cancelled);
        await second.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Serve_WithoutAnAddress_ListensNowhere()
    {
        await using WebApplication app = store.Build(
            _folder, store.NextCluster(), "silent", "embedding", ("Server:Urls", ""));
        using StringWriter output = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task running = GalleryHost.RunAsync(app, output, stop.Token);
        while (output.ToString().Length == 0)
        {
            Assert.False(running.IsFaulted, running.Exception?.Message);
            await Task.Delay(10, Cancelled);
        }

        Assert.Equal("Started; listening for HTTP nowhere", output.ToString().TrimEnd());
        await stop.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData("gallery,api")]
    [InlineData("embedding")]
    public async Task Ready_DatabaseAway_StaysReady(string roles)
    {
        await using CuttableProxy proxy = new(store.Postgres.Server.Address);
        await using WebApplication app = await StartAsync(
            store.NextCluster(), "process", roles, ("Cluster:Database", store.Postgres.Through(proxy)));
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        Assert.True(await client.IsReadyAsync(Cancelled));

        proxy.TakeDown();

        // Longer than a heartbeat takes.
        for (int i = 0; i < 24; i++)
        {
            Assert.True(await client.IsReadyAsync(Cancelled));
            await Task.Delay(250, Cancelled);
        }

        proxy.Restore();
        await app.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Silo_BehindAProxy_IsReachedAtItsAdvertisedAddressOnly()
    {
        string cluster = store.NextCluster();
        IPEndPoint gateway = new(IPAddress.Loopback, FreePorts.FindOne(IPAddress.Loopback));
        await using CuttableProxy proxy = new(gateway);
        await using WebApplication silo = await StartAsync(
            cluster, "silo", "gallery",
            ("Cluster:GatewayPort", $"{gateway.Port}"),
            ("Cluster:AdvertisedGatewayPort", $"{proxy.Address.Port}"),
            ("Cluster:AdvertisedAddress", "localhost"));
        await using WebApplication api = await StartAsync(cluster, "api", "api");
        using GalleryClient client = new(GalleryHost.AddressOf(api));
        Assert.True(await client.IsReadyAsync(Cancelled));

        proxy.TakeDown();
        while (await client.IsReadyAsync(Cancelled))
        {
            await Task.Delay(50, Cancelled);
        }

        proxy.Restore();
        await ReadyAsync(client);
        await api.StopAsync(Cancelled);
        await silo.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Silos_OfOneNameStartedAtOnce_DoNotBothStay()
    {
        string cluster = store.NextCluster();
        await using WebApplication one = store.Build(_folder, cluster, "twin", "embedding");
        await using WebApplication other = store.Build(_folder, cluster, "twin", "embedding");

        Exception?[] failures = await Task.WhenAll(
            FailureOf(one.StartAsync(Cancelled)), FailureOf(other.StartAsync(Cancelled)));
        // One that did not start cannot be stopped.
        await Task.WhenAll(FailureOf(one.StopAsync(Cancelled)), FailureOf(other.StopAsync(Cancelled)));

        Assert.NotEmpty(failures.OfType<StartRefusedException>());
        Assert.All(failures.OfType<Exception>(), failure => Assert.IsType<StartRefusedException>(failure));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Exception?> FailureOf(Task work) => await Record.ExceptionAsync(() => work);

    private static async Task ReadyAsync(GalleryClient client)
    {
        while (!await client.IsReadyAsync(Cancelled))
        {
            await Task.Delay(50, Cancelled);
        }
    }

    private static async Task<Uri> ListensAsync(WebApplication app)
    {
        while (app.Urls.Count == 0 || app.Urls.First().EndsWith(":0", StringComparison.Ordinal))
        {
            await Task.Delay(10, Cancelled);
        }

        return GalleryHost.AddressOf(app);
    }

    private async Task<WebApplication> StartAsync(
        string cluster, string name, string roles, params (string Key, string Value)[] settings)
    {
        WebApplication app = store.Build(_folder, cluster, name, roles, settings);
        await app.StartAsync(Cancelled);
        return app;
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>A real process of each mix of roles, in a cluster that has the other roles.</summary>
[Trait("Category", "Cluster")]
public sealed class RoleMixTests(ClusterStore store) : IClassFixture<ClusterStore>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gallery", "embedding,api")]
    [InlineData("embedding", "gallery,api")]
    [InlineData("api", "gallery,embedding")]
    [InlineData("gallery,embedding", "api")]
    [InlineData("gallery,api", "embedding")]
    [InlineData("embedding,api", "gallery")]
    [InlineData("gallery,embedding,api", null)]
    public async Task Serve_EachMixOfRoles_EnrolsAndFindsAnImage(string roles, string? others)
    {
        string cluster = store.NextCluster();
        // A client of silos needs one to start.
        await using WebApplication? other = others is null or "api" ? null : await StartAsync(cluster, others);
        using GalleryProcess process = await GalleryProcess.ServeAsync(
            store.Options(_folder, cluster, "process", roles));
        await using WebApplication? client = others == "api" ? await StartAsync(cluster, others) : null;
        using GalleryClient own = process.Connect();
        Assert.True(await own.IsReadyAsync(Cancelled), process.Errors);
        Uri url = roles.Contains("api", StringComparison.Ordinal)
            ? process.Url : GalleryHost.AddressOf((other ?? client)!);
        using GalleryClient api = new(url);

        await EnrolAndFindAsync(api);

        Assert.Equal(roles.Contains("gallery", StringComparison.Ordinal), Loads(process, "e_sqlite3"));
        Assert.Equal(roles.Contains("embedding", StringComparison.Ordinal), Loads(process, "torch"));
        if (!roles.Contains("api", StringComparison.Ordinal))
        {
            using HttpClient http = new() { BaseAddress = process.Url };
            using HttpResponseMessage routes = await http.GetAsync(new Uri("v1/galleries", UriKind.Relative), Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, routes.StatusCode);
        }

        await StopAsync(client);
        await StopAsync(other);
    }

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

        await using (WebApplication first = await StartAsync(cluster, "gallery"))
        {
            await starting;
            await ReadyAsync(client);
            await client.CreateGalleryAsync(new() { Name = "g", Dimension = 2, Partitions = 2 }, Cancelled);
            await StopAsync(first);
        }

        while (await client.IsReadyAsync(Cancelled))
        {
            await Task.Delay(50, Cancelled);
        }

        await using WebApplication second = await StartAsync(cluster, "gallery");
        await ReadyAsync(client);
        Assert.Equal(2, (await client.GetGalleryAsync("g", Cancelled)).Dimension);
        Assert.False(Directory.Exists(_folder.File("api")));
        await StopAsync(api);
        await StopAsync(second);
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

    public void Dispose() => _folder.Dispose();

    private static async Task EnrolAndFindAsync(GalleryClient api)
    {
        await ReadyAsync(api);
        await api.CreateGalleryAsync(new() { Name = "g", Model = "default", Partitions = 2 }, Cancelled);
        byte[] picture = PngFile.Rgb(32, 32, FormulaPixels.Rgb(32, 32));
        await api.EnrolFileAsync("g", "anna", picture, cancellationToken: Cancelled);
        SearchResponse found = await api.SearchFileAsync("g", picture, cancellationToken: Cancelled);
        Assert.Equal("anna", Assert.Single(found.Matches).Identity);
    }

    private static bool Loads(GalleryProcess process, string library) =>
        process.Modules.Any(module => module.Contains(library, StringComparison.OrdinalIgnoreCase)
            && module.Contains(".so", StringComparison.Ordinal));

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

    private static Task StopAsync(WebApplication? app) => app?.StopAsync(Cancelled) ?? Task.CompletedTask;

    private async Task<WebApplication> StartAsync(string cluster, string roles)
    {
        WebApplication app = store.Build(_folder, cluster, "other", roles);
        await app.StartAsync(Cancelled);
        return app;
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Telemetry;
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

        await EnrolAndFindAsync(api, cluster);

        await MetricsAreThereAsync(process);
        // The store is the database; nobody opens a file.
        Assert.False(Loads(process, "e_sqlite3"));
        Assert.Equal(roles.Contains("embedding", StringComparison.Ordinal), Loads(process, "torch"));
        if (!roles.Contains("api", StringComparison.Ordinal))
        {
            using HttpClient http = new() { BaseAddress = process.Url };
            using HttpResponseMessage routes = await http.GetAsync(
                new Uri("v1/galleries", UriKind.Relative), Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, routes.StatusCode);
        }

        await StopAsync(client);
        await StopAsync(other);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task EnrolAndFindAsync(GalleryClient api, string gallery)
    {
        await ReadyAsync(api);
        await api.CreateGalleryAsync(new() { Name = gallery, Model = "default", Partitions = 2 }, Cancelled);
        byte[] picture = PngFile.Rgb(32, 32, FormulaPixels.Rgb(32, 32));
        await api.EnrolFileAsync(gallery, "anna", picture, cancellationToken: Cancelled);
        SearchResponse found = await api.SearchFileAsync(gallery, picture, cancellationToken: Cancelled);
        Assert.Equal("anna", Assert.Single(found.Matches).Identity);
    }

    private static async Task MetricsAreThereAsync(GalleryProcess process)
    {
        using HttpClient http = new() { BaseAddress = process.Url };
        PrometheusText metrics = PrometheusText.Parse(
            await http.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancelled));
        Assert.Equal("gauge", metrics.TypeOf("http_server_active_requests"));
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

    private static Task StopAsync(WebApplication? app) => app?.StopAsync(Cancelled) ?? Task.CompletedTask;

    private async Task<WebApplication> StartAsync(string cluster, string roles)
    {
        WebApplication app = store.Build(_folder, cluster, "other", roles);
        await app.StartAsync(Cancelled);
        return app;
    }
}

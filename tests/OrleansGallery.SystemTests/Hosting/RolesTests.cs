using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Each role stands alone.</summary>
public sealed class RolesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmbeddingRole_FolderThatAnotherProcessHas_DescribesItsModels()
    {
        using DataFolder others = DataFolder.Open(_folder.Root);
        WebApplicationBuilder builder = Builder();
        EmbeddingRole.Add(builder);
        await using ServiceProvider services = builder.Services.BuildServiceProvider();

        IImageEmbedder embedder = services.GetRequiredService<IImageEmbedder>();

        Assert.Equal(DefaultModel.Id, (await embedder.DescribeAsync("default")).Id);
        Assert.Null(services.GetService<IGalleryStore>());
    }

    [Fact]
    public async Task EmbeddingAndApiRole_WithoutTheGallerys_LiveAndAreNotReady()
    {
        WebApplicationBuilder builder = Builder();
        builder.AddRoles(
            new ServerOptions { Roles = "embedding,api", Urls = "http://127.0.0.1:0" }, new ClusterMemberOptions());
        await using WebApplication app = builder.Build();
        app.UseHttpServer(["embedding", "api"]);
        await app.StartAsync(Cancelled);
        using HttpClient client = new() { BaseAddress = GalleryHost.AddressOf(app) };

        using HttpResponseMessage live = await client.GetAsync(new Uri("/livez", UriKind.Relative), Cancelled);
        using HttpResponseMessage ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancelled);
        using HttpResponseMessage gallery = await client.GetAsync(
            new Uri("/v1/galleries/g", UriKind.Relative), Cancelled);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Problem problem = await RunningService.ProblemAsync(ready, 503, ErrorCodes.Retry);
        Assert.Contains("'gallery'", problem.Detail, StringComparison.Ordinal);
        Assert.True((await RunningService.ProblemAsync(gallery, 503, ErrorCodes.Retry)).Retryable);
        await app.StopAsync(Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private WebApplicationBuilder Builder()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Server:DataFolder"] = _folder.Root, ["Server:Urls"] = "http://127.0.0.1:0",
        });
        builder.Services.AddSection<ServerOptions>(builder.Configuration);
        return builder;
    }
}

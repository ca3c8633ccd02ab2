using Microsoft.AspNetCore.Builder;
using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Keys in a cluster, whose API processes have no store.</summary>
[Trait("Category", "Cluster")]
public sealed class ClusterKeyTests(ClusterStore store) : IClassFixture<ClusterStore>, IDisposable
{
    private static readonly (string, string) Keys = ("Server:Keys", "required");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_MadeAndRevokedThroughOneProcess_IsKnownAndUnknownToTheOther()
    {
        string cluster = store.NextCluster();
        using StringWriter made = new();
        using StringWriter words = new();
        Assert.Equal(0, await CommandLine.RunAsync(
            ["keys", "create", "--role", "admin", "--database", store.Database], made, words));
        await using WebApplication silo = await StartAsync(cluster, "silo", "gallery");
        await using WebApplication one = await StartAsync(cluster, "one", "api");
        await using WebApplication other = await StartAsync(cluster, "other", "api");
        using GalleryClient admin = Connect(one, made.ToString().Trim());
        KeyResponse key = await admin.CreateKeyAsync(
            new CreateKeyRequest { Name = "a", Role = KeyRole.Read }, Cancelled);
        using GalleryClient there = Connect(other, key.Key!);

        Assert.NotNull(await there.ListGalleriesAsync(Cancelled));
        await admin.RevokeKeyAsync(key.Id, Cancelled);
        long revoked = TimeProvider.System.GetTimestamp();
        GalleryApiException? refused = null;
        while (refused is null)
        {
            await Task.Delay(50, Cancelled);
            refused = await Record.ExceptionAsync(() => there.ListGalleriesAsync(Cancelled)) as GalleryApiException;
        }

        Assert.Equal(ErrorCodes.Unauthorized, refused.Code);
        Assert.InRange(TimeProvider.System.GetElapsedTime(revoked), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await other.StopAsync(Cancelled);
        await one.StopAsync(Cancelled);
        await silo.StopAsync(Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private static GalleryClient Connect(WebApplication app, string key) =>
        new(GalleryHost.AddressOf(app), new GalleryClientOptions { Key = key });

    private async Task<WebApplication> StartAsync(string cluster, string name, string roles)
    {
        WebApplication app = store.Build(_folder, cluster, name, roles, Keys);
        await app.StartAsync(Cancelled);
        return app;
    }
}

using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>A whole service in this process, on a free port and a folder of its own.</summary>
internal sealed class OwnService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private OwnService()
    {
        _app = GalleryHost.Build(null, new Dictionary<string, string?>
        {
            ["Server:DataFolder"] = _folder.File("data"), ["Server:Urls"] = "http://127.0.0.1:0",
        });
        Client = null!;
    }

    public Uri Url => GalleryHost.AddressOf(_app);

    public GalleryClient Client { get; private set; }

    public static async Task<OwnService> StartAsync()
    {
        OwnService service = new();
        await service._app.StartAsync();
        service.Client = new GalleryClient(service.Url);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

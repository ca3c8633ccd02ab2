using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>A whole service in this process, on a free port and a folder of its own.</summary>
internal sealed class OwnService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private OwnService(string keys)
    {
        _app = GalleryHost.Build(null, new Dictionary<string, string?>
        {
            ["Server:DataFolder"] = _folder.File("data"), ["Server:Urls"] = "http://127.0.0.1:0",
            ["Server:Keys"] = keys,
        });
        _app.Use(async (context, next) =>
        {
            await Before(context);
            await next(context);
        });
        Client = null!;
    }

    /// <summary>What each request waits for; nothing, as long as no test says otherwise.</summary>
    public Func<HttpContext, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Uri Url => GalleryHost.AddressOf(_app);

    public GalleryClient Client { get; private set; }

    /// <param name="keys">Whether it asks for keys: off or required.</param>
    public static async Task<OwnService> StartAsync(string keys = "off")
    {
        OwnService service = new(keys);
        await service._app.StartAsync();
        service.Client = new GalleryClient(service.Url);
        return service;
    }

    /// <summary>Makes a key as somebody at the store does.</summary>
    /// <returns>The key.</returns>
    public Task<string> MakeKeyAsync(KeyRole role, params string[] galleries) => MakeKeyAsync(
        new CreateKeyRequest
        {
            Name = $"{role}", Role = role, Galleries = galleries.Length == 0 ? null : galleries,
        },
        DateTimeOffset.UtcNow);

    /// <summary>Makes a key as somebody at the store did.</summary>
    /// <returns>The key.</returns>
    public async Task<string> MakeKeyAsync(CreateKeyRequest request, DateTimeOffset when)
    {
        NewKey key = NewKey.Of(request, when);
        await _app.Services.GetRequiredService<IGrainFactory>().GetGrain<IKeysGrain>(0).AddAsync(key.Stored);
        return key.Text;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

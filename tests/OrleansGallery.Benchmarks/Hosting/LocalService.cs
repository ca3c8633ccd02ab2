using Microsoft.AspNetCore.Builder;
using OrleansGallery.Server;

namespace OrleansGallery.Benchmarks.Hosting;

/// <summary>The whole service in this process, as the benchmarks measure it.</summary>
internal static class LocalService
{
    /// <summary>Starts one on loopback, on a port that is free.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="more">More settings, by path.</param>
    /// <returns>The service; dispose of it.</returns>
    public static async Task<WebApplication> StartAsync(
        string folder, params (string Path, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            [$"{ServerOptions.Section}:{nameof(ServerOptions.DataFolder)}"] = folder,
            [$"{ServerOptions.Section}:{nameof(ServerOptions.Urls)}"] = "http://127.0.0.1:0",
        };
        foreach ((string path, string value) in more)
        {
            settings[path] = value;
        }

        WebApplication app = GalleryHost.Build(settings: settings);
        await app.StartAsync();
        return app;
    }
}

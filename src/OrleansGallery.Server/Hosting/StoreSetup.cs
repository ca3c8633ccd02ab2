using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>The embedded store in the data folder, which this process then has for itself.</summary>
internal static class StoreSetup
{
    public static void AddEmbeddedStore(this IServiceCollection services)
    {
        services.AddSingleton(s => DataFolder.Open(s.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder));
        services.AddSingleton<IGalleryStore>(
            s => new SqliteGalleryStore(s.GetRequiredService<DataFolder>().DatabaseFile));
    }
}

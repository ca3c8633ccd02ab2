using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Holds partitions and identities: the store in the data folder, which this process then has for itself.
/// </summary>
internal static class GalleryRole
{
    public const string Name = SiloRoles.Gallery;

    public static void Add(WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(s => DataFolder.Open(s.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder));
        services.AddSingleton<IGalleryStore>(
            s => new SqliteGalleryStore(s.GetRequiredService<DataFolder>().DatabaseFile));
        services.AddSection<CommitterOptions>(builder.Configuration);
        services.AddSection<CoderOptions>(builder.Configuration);
    }

    /// <summary>Takes the data folder, so that one in use is found before anything starts.</summary>
    public static void Open(IServiceProvider services) => services.GetService<IGalleryStore>();
}

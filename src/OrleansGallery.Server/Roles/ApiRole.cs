using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Imaging;
using OrleansGallery.Web;

namespace OrleansGallery.Server;

/// <summary>Serves the galleries over HTTP and decodes what comes in. It asks grains only, wherever they are.</summary>
internal static class ApiRole
{
    public const string Name = SiloRoles.Api;

    public static void Add(WebApplicationBuilder builder, ServerOptions server)
    {
        IServiceCollection services = builder.Services;
        services.AddSection<ImagingOptions>(builder.Configuration);
        services.AddSingleton(s => ImageDecoders.Create(s.GetRequiredService<IOptions<ImagingOptions>>().Value));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DecodingPool>();
        services.AddSingleton<EmbeddingRouter>();
        services.AddSingleton<SearchRouter>();
        services.AddSingleton<GalleryObserver>();
        services.AddSingleton<ImageEmbedder>();
        services.AddSingleton<ItemEnroller>();
        services.AddHttpApi();
        services.AddWebPage(
            s => OwnApi.Connect(s.GetRequiredService<IServer>(), s.GetRequiredService<HttpCertificate>()),
            server.AsksForKeys);
    }
}

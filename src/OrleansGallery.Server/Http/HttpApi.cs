using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;

namespace OrleansGallery.Server;

/// <summary>The HTTP API: its services and its routes.</summary>
internal static class HttpApi
{
    public static void AddHttpApi(this IServiceCollection services)
    {
        services.AddRouting();
        services.ConfigureHttpJsonOptions(json => GalleryJson.Configure(json.SerializerOptions));
        services.AddOpenApi("v1", openApi => openApi.AddSchemaTransformer<VectorSchema>());
        services.AddSingleton(s => ImageDecoders.Create(s.GetRequiredService<IOptions<ImagingOptions>>().Value));
        services.AddSingleton<DecodingPool>();
        services.AddSingleton<ImageEmbedder>();
        services.AddSingleton<ItemEnroller>();
        services.AddSingleton<QueryVector>();
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<RawTargetGuard>();
        app.UseRouting();
        HealthEndpoints.Map(app);
        GalleryEndpoints.Map(app);
        IdentityEndpoints.Map(app);
        ImageEndpoints.Map(app);
        IngestEndpoint.Map(app);
        SearchEndpoint.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}

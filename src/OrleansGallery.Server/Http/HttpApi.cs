using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
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
        services.AddOpenApi("v1", openApi => openApi
            .AddSchemaTransformer<VectorSchema>()
            .AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "OrleansGallery", Version = "v1" };
                return Task.CompletedTask;
            }));
        services.AddSingleton(s => ImageDecoders.Create(s.GetRequiredService<IOptions<ImagingOptions>>().Value));
        services.AddSingleton<DecodingPool>();
        services.AddSingleton<ImageEmbedder>();
        services.AddSingleton<ItemEnroller>();
        services.AddSingleton<QueryVector>();
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<RawTargetGuard>();
        app.UseRouting();
        HealthEndpoints.Map(app.MapGroup("").WithTags("Health"));
        GalleryEndpoints.Map(app.MapGroup("").WithTags("Galleries"));
        IdentityEndpoints.Map(app.MapGroup("").WithTags("Identities"));
        ImageEndpoints.Map(app.MapGroup("").WithTags("Images"));
        IngestEndpoint.Map(app.MapGroup("").WithTags("Images"));
        SearchEndpoint.Map(app.MapGroup("").WithTags("Search"));
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}

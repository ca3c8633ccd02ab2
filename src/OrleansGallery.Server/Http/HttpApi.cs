using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

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
        services.AddSingleton<QueryReader>();
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<OriginGuard>();
        app.UseMiddleware<RawTargetGuard>();
        app.UseRouting();
        app.UseMiddleware<BodyInflation>();
        HealthEndpoints.Map(app.MapGroup("").WithTags("Health"));
        GalleryRoutes.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace OrleansGallery.Server;

/// <summary>The HTTP API: its services and its routes; below it are <see cref="HttpServer"/>'s.</summary>
internal static class HttpApi
{
    public static void AddHttpApi(this IServiceCollection services)
    {
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
        app.UseMiddleware<BodyInflation>();
        GalleryRoutes.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}

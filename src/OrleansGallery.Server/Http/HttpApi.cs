using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
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
            .AddSchemaTransformer<AttributeTextsSchema>()
            .AddSchemaTransformer<TextSchema>()
            .AddSchemaTransformer<DefaultsSchema>()
            .AddOperationTransformer<OperationTransformer>()
            .AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "OrleansGallery", Version = "v1" };
                KeyDescription.Describe(document);
                return Task.CompletedTask;
            }));
        services.AddResponseCompression(AnswerCompression.Configure);
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
        services.AddSingleton<AuditFile>();
        services.AddSingleton<AuditBook>();
        services.AddSingleton<QueryReader>();
        services.AddSingleton<GallerySearch>();
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<GalleryRouteMark>() is not null,
            routes => routes.UseResponseCompression());
        app.UseMiddleware<BodyInflation>();
        GalleryRoutes.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}

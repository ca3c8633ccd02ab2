using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace OrleansGallery.Server;

/// <summary>
/// Describes a body in the OpenAPI document only. The framework's own way also refuses other media types, without a
/// word on which are taken, and ingestion takes its lines under any.
/// </summary>
internal static class RequestBodyDescription
{
    public const string Json = "application/json";
    public const string Multipart = "multipart/form-data";

    /// <summary>Says that the body is a <typeparamref name="T"/>; as multipart it has a file besides.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = contentTypes.ToDictionary(
                    type => type,
                    type => new OpenApiMediaType { Schema = type == Multipart ? WithFile(schema) : schema }),
            };
        });

    private static OpenApiSchema WithFile(OpenApiSchema fields) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = (fields.Properties ?? new Dictionary<string, IOpenApiSchema>())
            .Where(property => property.Key is not ("vector" or "identityId")
                && (property.Key != "imageId" || fields.Properties?.ContainsKey("identityId") != true))
            .Append(new("file", new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }))
            .ToDictionary(property => property.Key, property => property.Value),
        Required = new HashSet<string> { "file" },
    };
}

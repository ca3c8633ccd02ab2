using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Describes a body in the OpenAPI document only. The framework's own way also refuses other media types, without a
/// word on which are taken, and ingestion takes its lines under any.
/// </summary>
internal static class RequestBodyDescription
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const string Multipart = "multipart/form-data";

    // What a form has no field for: its files stand for them.
    private static readonly string[] NotInForms =
        ["vector", "identityId", "positives", "negatives", "frames", "attributes"];

    /// <summary>Says that the body is a <typeparamref name="T"/>; as multipart it has a file besides.</summary>
    public static RouteHandlerBuilder Takes<T>(
        this RouteHandlerBuilder route, T example, params string[] contentTypes)
        where T : class =>
        route.FailsByItsBody().AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken);
            // By name: generated clients call the type so.
            context.Document?.AddComponent(typeof(T).Name, schema);
            OpenApiSchemaReference named = new(typeof(T).Name, context.Document);
            JsonNode? json = JsonSerializer.SerializeToNode(example, GalleryJson.Options);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = contentTypes.ToDictionary(
                    type => type,
                    type => type == Multipart
                        ? WithFile(schema)
                        : new OpenApiMediaType { Schema = named, Example = json }),
            };
        });

    private static OpenApiMediaType WithFile(OpenApiSchema fields)
    {
        IDictionary<string, IOpenApiSchema> all = fields.Properties ?? new Dictionary<string, IOpenApiSchema>();
        OpenApiSchema file = new() { Type = JsonSchemaType.String, Format = "binary" };
        bool isSearch = all.ContainsKey("positives");
        bool isSeveral = isSearch || all.ContainsKey("frames");
        OpenApiSchema files = new() { Type = JsonSchemaType.Array, Items = file };
        return new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = all
                    .Where(property => !NotInForms.Contains(property.Key) && !(isSearch && property.Key == "imageId"))
                    .Append(new("file", isSeveral ? files : file))
                    .Concat(isSearch ? [new("negativeFile", files)] : [])
                    .ToDictionary(property => property.Key, property => property.Value),
                Required = new HashSet<string> { "file" },
            },
            Example = isSearch
                ? new JsonObject { ["file"] = new JsonArray("<an image file>"), ["top"] = 10 }
                : new JsonObject { ["file"] = "<an image file>", ["facet"] = "c3" },
        };
    }
}

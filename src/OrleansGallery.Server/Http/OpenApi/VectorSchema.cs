using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Says in the OpenAPI document what a vector field takes; its converter cannot.</summary>
internal sealed class VectorSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo?.CustomConverter is VectorJsonConverter)
        {
            (schema.Type, schema.Items) = (null, null);
            schema.OneOf =
            [
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.Number, Format = "float" },
                },
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Format = "byte",
                    Description = "Base64 of the components as little-endian float32.",
                },
            ];
        }

        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansGallery.Server;

/// <summary>Says in the OpenAPI document what a vector field takes; its converter cannot.</summary>
internal sealed class VectorSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(float[]) && schema.Type is null)
        {
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

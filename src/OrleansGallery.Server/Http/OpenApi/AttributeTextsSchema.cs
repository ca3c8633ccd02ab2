using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Says in the OpenAPI document what a filter's attributes take; their converter cannot.</summary>
internal sealed class AttributeTextsSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo?.CustomConverter is AttributeTextsConverter)
        {
            OpenApiSchema text = new() { Type = JsonSchemaType.String };
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = new OpenApiSchema
            {
                OneOf = [text, new OpenApiSchema { Type = JsonSchemaType.Array, Items = text }],
            };
        }

        return Task.CompletedTask;
    }
}

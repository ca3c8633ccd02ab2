using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansGallery.Server;

/// <summary>Says in the OpenAPI document what a body's fields are where they are left out: a generated client sends
/// all that cannot be null.</summary>
internal sealed class DefaultsSchema : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        JsonTypeInfo body = context.JsonTypeInfo;
        if (IsBody(body.Type) && Activator.CreateInstance(body.Type) is { } untouched)
        {
            foreach (JsonPropertyInfo property in body.Properties.Where(property => !property.IsRequired))
            {
                if (property.Get?.Invoke(untouched) is { } value
                    && schema.Properties is { } fields && fields.TryGetValue(property.Name, out IOpenApiSchema? known)
                    && known is OpenApiSchema field)
                {
                    field.Default = JsonSerializer.SerializeToNode(value, property.PropertyType, body.Options);
                }
            }
        }

        return Task.CompletedTask;
    }

    // Those refuse fields that they do not know.
    private static bool IsBody(Type type) =>
        type.GetCustomAttribute<JsonUnmappedMemberHandlingAttribute>()?.UnmappedMemberHandling
            == JsonUnmappedMemberHandling.Disallow
        && type.GetConstructor(Type.EmptyTypes) is not null;
}

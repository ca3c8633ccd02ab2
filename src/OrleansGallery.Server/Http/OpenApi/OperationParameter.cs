using Microsoft.OpenApi;

namespace OrleansGallery.Server;

/// <summary>A query parameter or header that a handler reads by itself.</summary>
internal sealed record OperationParameter(
    string Name, ParameterLocation In, JsonSchemaType Type, object Example, string Description)
{
    public static OperationParameter Query(string name, JsonSchemaType type, object example, string description) =>
        new(name, ParameterLocation.Query, type, example, description);

    public static OperationParameter Header(string name, object example, string description) =>
        new(name, ParameterLocation.Header, JsonSchemaType.String, example, description);
}

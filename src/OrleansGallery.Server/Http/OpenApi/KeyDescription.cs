using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OrleansGallery.Server;

/// <summary>Says in the OpenAPI document how a key is sent, and which key an operation takes.</summary>
internal static class KeyDescription
{
    public const string RoleField = "x-required-role";

    private const string Bearer = "bearer";
    private const string Header = "header";

    public static void Describe(OpenApiDocument document)
    {
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = $"A key, {KeyText.Prefix}…, where the service asks for one ({ServerOptions.Section}:"
                + $"{nameof(ServerOptions.Keys)}).",
        });
        document.AddComponent(Header, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = KeyGuard.Header,
            Description = "The same where a proxy has a use for Authorization.",
        });
    }

    public static void Describe(OpenApiOperation operation, KeyNeed need, OpenApiDocument? document)
    {
        operation.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Header, document)] = [] },
        ];
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions[RoleField] =
            new JsonNodeExtension(JsonValue.Create(KeyRoles.NameOf(need.Role)));
    }
}

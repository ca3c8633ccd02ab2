using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Writes what a route's metadata says of it into the OpenAPI document.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public const string ProblemType = "application/problem+json";

    private const string ProblemSchema = nameof(Problem);

    // Any route can be asked for wrongly, or while the service is in trouble.
    private static readonly string[] OfAll =
    [
        ErrorCodes.InvalidRequest, ErrorCodes.InvalidId, ErrorCodes.Retry, ErrorCodes.StorageUnavailable,
        ErrorCodes.StorageDamaged, ErrorCodes.Internal,
    ];

    private static readonly string[] OfKeys =
        [ErrorCodes.Unauthorized, ErrorCodes.Forbidden, ErrorCodes.RateLimited];

    private static readonly OperationParameter Timeout = OperationParameter.Query(
        DeadlineGuard.Parameter, JsonSchemaType.Integer, 500,
        $"How long the request may take, in milliseconds, 1 to {DeadlineGuard.MaxMilliseconds}. A search answers "
        + "within it with the partitions that made it.");

    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        bool takesKey = metadata.OfType<GalleryRouteMark>().Any();
        bool hasDeadline = takesKey && !DeadlineGuard.IsStream(metadata);
        operation.Responses ??= [];
        foreach (OperationExample example in metadata.OfType<OperationExample>())
        {
            Show(operation.Responses, example);
        }

        operation.Parameters ??= [];
        foreach (OperationParameter parameter in metadata.OfType<OperationParameter>()
            .Concat(hasDeadline ? [Timeout] : []))
        {
            operation.Parameters.Add(Describe(parameter));
        }

        context.Document?.AddComponent(
            ProblemSchema, await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken));
        foreach (IGrouping<int, string> codes in metadata.OfType<OperationFailures>()
            .SelectMany(failures => failures.Codes)
            .Concat(OfAll)
            .Concat(takesKey ? OfKeys : [])
            .Concat(hasDeadline ? [ErrorCodes.TimedOut] : [])
            .Distinct()
            .GroupBy(ErrorMapping.StatusOf))
        {
            operation.Responses[$"{codes.Key}"] = Describe(codes.Key, [.. codes], context.Document);
        }

        if (takesKey)
        {
            KeyDescription.Describe(operation, KeyNeed.Of(metadata), context.Document);
        }
    }

    private static void Show(OpenApiResponses responses, OperationExample example)
    {
        JsonNode? value = JsonSerializer.SerializeToNode(example.Value, example.Value.GetType(), GalleryJson.Options);
        if (responses.TryGetValue($"{example.Status}", out IOpenApiResponse? response))
        {
            foreach (OpenApiMediaType media in response.Content?.Values ?? [])
            {
                media.Example = value;
            }
        }
    }

    private static OpenApiParameter Describe(OperationParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.In,
        Description = parameter.Description,
        Schema = new OpenApiSchema { Type = parameter.Type },
        Example = JsonSerializer.SerializeToNode(parameter.Example),
    };

    private static OpenApiResponse Describe(int status, string[] codes, OpenApiDocument? document) => new()
    {
        Description = $"{ReasonPhrases.GetReasonPhrase(status)}: {string.Join(", ", codes)}",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference(ProblemSchema, document),
                Examples = codes.ToDictionary(
                    code => code, code => (IOpenApiExample)new OpenApiExample { Value = ExampleOf(status, code) }),
            },
        },
    };

    private static JsonNode? ExampleOf(int status, string code) => JsonSerializer.SerializeToNode(
        new Problem
        {
            Type = $"urn:gallery:{code}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = "The fact, the values, and the setting to change.",
            Code = code,
            Retryable = status is 429 or 503 or 504 or 507,
        },
        GalleryJson.Options);
}

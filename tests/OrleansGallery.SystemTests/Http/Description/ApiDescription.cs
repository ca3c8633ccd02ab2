using System.Text.Json.Nodes;

namespace OrleansGallery.SystemTests.Http;

/// <summary>The OpenAPI document of a running service.</summary>
public sealed record ApiDescription(string Text, JsonObject Root)
{
    public static async Task<ApiDescription> ReadAsync(HttpClient http)
    {
        string text = await http.GetStringAsync(
            new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        return new ApiDescription(text, JsonNode.Parse(text)!.AsObject());
    }

    public IReadOnlyList<DescribedOperation> Operations =>
    [
        .. Root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
            operation => new DescribedOperation(
                path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()))),
    ];

    /// <summary>Every <c>$ref</c> in the document.</summary>
    public IReadOnlyList<string> References()
    {
        List<string> found = [];
        Collect(Root, found);
        return found;
    }

    /// <summary>What a reference points to.</summary>
    public JsonNode? Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)Root, (node, name) => node?[name]);

    private static void Collect(JsonNode? node, List<string> found)
    {
        if (node is JsonObject fields)
        {
            foreach ((string name, JsonNode? value) in fields)
            {
                if (name == "$ref" && value is JsonValue)
                {
                    found.Add((string)value!);
                }

                Collect(value, found);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Collect(item, found);
            }
        }
    }
}

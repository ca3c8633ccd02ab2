using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansGallery.SystemTests.Http;

/// <summary>One operation as the OpenAPI document has it.</summary>
public sealed record DescribedOperation(string Path, string Method, JsonObject Node)
{
    /// <summary>The operation over two identities that stands in paths.</summary>
    public const string ExampleOperation = "op-1";

    /// <summary>The observation that stands in paths.</summary>
    public const string ExampleObservation = "o1";

    public string Id => (string?)Node["operationId"] ?? throw new InvalidOperationException($"{this} has no id.");

    /// <summary>The request's bodies by media type.</summary>
    public IReadOnlyDictionary<string, JsonObject> Bodies => Contents(Node["requestBody"]);

    public IEnumerable<(int Status, JsonObject Response)> Responses => Node["responses"]!.AsObject()
        .Select(pair => (int.Parse(pair.Key, CultureInfo.InvariantCulture), pair.Value!.AsObject()));

    /// <summary>Whether the document says that it can fail so.</summary>
    public bool CanFail(int status, string code) => Responses.Any(answer => answer.Status == status
        && Contents(answer.Response).Values.Any(media => media["examples"]?[code] is not null));

    public static IReadOnlyDictionary<string, JsonObject> Contents(JsonNode? holder) =>
        holder?["content"]?.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.AsObject())
            ?? [];

    /// <summary>The path with its parameters filled in.</summary>
    public string PathFor(string gallery, string identity = "p42", string image = "a.jpg") => Path
        .Replace("{gallery}", Uri.EscapeDataString(gallery), StringComparison.Ordinal)
        .Replace("{identity}", identity, StringComparison.Ordinal)
        .Replace("{image}", image, StringComparison.Ordinal)
        .Replace("{operation}", ExampleOperation, StringComparison.Ordinal)
        .Replace("{observation}", ExampleObservation, StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Path}";
}

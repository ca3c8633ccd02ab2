using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>YAML as the values that Kubernetes and Compose make of it.</summary>
internal static class YamlText
{
    /// <summary>Reads all documents; a key that is there twice is an error.</summary>
    public static JsonNode[] Parse(string text)
    {
        YamlStream stream = [];
        using StringReader reader = new(text);
        stream.Load(reader);
        return [.. stream.Documents.Select(document => Value(document.RootNode)!)];
    }

    private static JsonNode? Value(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Value(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Value)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => text.Value,
        YamlScalarNode plain => Plain(plain.Value!),
        _ => throw new InvalidDataException($"{node.NodeType} is not expected here."),
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => true,
        "false" => false,
        ['0', _, ..] when text.All(char.IsAsciiDigit) => Convert.ToInt64(text, 8),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) =>
            number,
        _ => text,
    };
}

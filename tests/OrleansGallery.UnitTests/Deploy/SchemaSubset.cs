using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>
/// The part of JSON Schema that this folder's schemas use: type, enum, pattern, bounds, properties, required,
/// additionalProperties, items and references to $defs. A keyword beyond it is an error, not ignored.
/// </summary>
internal sealed class SchemaSubset(JsonNode root)
{
    private JsonObject Definitions => root["$defs"]!.AsObject();

    /// <summary>Whether there is such a definition.</summary>
    public bool Has(string name) => Definitions.ContainsKey(name);

    /// <summary>What is wrong with a value.</summary>
    /// <param name="definition">The definition that it must fit.</param>
    /// <param name="value">The value.</param>
    /// <returns>One sentence each, with the place.</returns>
    public IEnumerable<string> Faults(string definition, JsonNode? value) =>
        Faults(Definitions[definition]!.AsObject(), value, definition);

    private IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string at) =>
        schema.SelectMany(rule => rule.Key switch
        {
            "$ref" => Faults(Definitions[rule.Value!.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value, at),
            "type" => If(
                !Types(rule.Value!).Contains(TypeOf(value)), at, $"is of type {TypeOf(value)}, not {rule.Value}"),
            "enum" => If(
                !rule.Value!.AsArray().Any(one => JsonNode.DeepEquals(one, value)), at,
                $"is {value}; possible are {rule.Value.ToJsonString()}"),
            "pattern" => If(
                value is null || !Regex.IsMatch(value.ToString(), rule.Value!.GetValue<string>()), at,
                $"is '{value}', which does not match {rule.Value}"),
            "minimum" => If(NumberOf(value) < Bound(rule.Value), at, $"is {value}, less than {rule.Value}"),
            "maximum" => If(NumberOf(value) > Bound(rule.Value), at, $"is {value}, more than {rule.Value}"),
            "minLength" => If(value?.ToString().Length < Bound(rule.Value), at, "is empty"),
            "minItems" => If((value as JsonArray)?.Count < Bound(rule.Value), at, "has no items"),
            "minProperties" => If((value as JsonObject)?.Count < Bound(rule.Value), at, "has no keys"),
            "items" => value is JsonArray items
                ? items.SelectMany((item, i) => Faults(rule.Value!.AsObject(), item, $"{at}[{i}]"))
                : [],
            "properties" => value is JsonObject of
                ? of.Where(one => rule.Value!.AsObject().ContainsKey(one.Key))
                    .SelectMany(one => Faults(rule.Value![one.Key]!.AsObject(), one.Value, $"{at}.{one.Key}"))
                : [],
            "required" => rule.Value!.AsArray().Select(key => key!.GetValue<string>())
                .Where(key => value is JsonObject of && !of.ContainsKey(key))
                .Select(key => $"{at} lacks '{key}'."),
            "additionalProperties" => Others(schema, rule.Value!, value as JsonObject, at),
            _ => throw new InvalidDataException($"The keyword '{rule.Key}' is none of those known here."),
        });

    private IEnumerable<string> Others(JsonObject schema, JsonNode rule, JsonObject? value, string at)
    {
        JsonObject? known = schema["properties"] as JsonObject;
        return (value ?? []).Where(one => known?.ContainsKey(one.Key) != true).SelectMany(one =>
            rule is JsonObject other
                ? Faults(other, one.Value, $"{at}.{one.Key}")
                : [$"{at} has the key '{one.Key}', which the schema does not know."]);
    }

    private static IEnumerable<string> If(bool isFault, string at, string what) => isFault ? [$"{at} {what}."] : [];

    private static long Bound(JsonNode? rule) => long.Parse(rule!.ToJsonString(), CultureInfo.InvariantCulture);

    private static long? NumberOf(JsonNode? value) =>
        TypeOf(value) == "integer" ? long.Parse(value!.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static string[] Types(JsonNode rule) =>
        rule is JsonArray several ? [.. several.Select(one => one!.GetValue<string>())] : [rule.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "integer",
            _ => "boolean",
        },
    };
}

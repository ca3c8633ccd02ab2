using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>Which identities can be matches. The answer is exact over those, as if there were no others.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchFilter
{
    /// <summary>The most keys of a filter, and the most texts of a key.</summary>
    public const int MaxEntries = 64;

    /// <summary>Attributes that a match must have, all of the keys; of a key one text, or one of several
    /// (<c>{"colour":["red","blue"],"brand":"x"}</c>).</summary>
    [JsonConverter(typeof(AttributeTextsConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes { get; init; }

    /// <summary>Attributes of which a match must have none, in the same form.</summary>
    [JsonConverter(typeof(AttributeTextsConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Not { get; init; }
}

using OrleansGallery.Abstractions;

namespace OrleansGallery.Simulation;

/// <summary>Steps that set attributes, and what searches ask of them.</summary>
/// <param name="gallery">Where.</param>
internal sealed class SimulatedAttributes(SimulatedGallery gallery)
{
    private static readonly string[] Keys = ["colour", "brand", "\u00e9"];

    private static readonly string[] Values = ["red", "blue", ""];

    /// <summary>What a search asks.</summary>
    public static AttributeMatch Match(Random random) => new()
    {
        Key = Keys[random.Next(Keys.Length)],
        Values = [.. Values.Where(_ => random.Next(2) == 0).Append(Values[random.Next(Values.Length)]).Distinct()],
        IsNot = random.Next(4) == 0,
    };

    /// <summary>Whether a search that asks so may find an identity.</summary>
    public static bool Lets(AttributeMatch wanted, IReadOnlyDictionary<string, string> attributes) =>
        wanted.IsNot != (attributes.TryGetValue(wanted.Key, out string? value) && wanted.Values.Contains(value));

    public async Task<string> SetAsync(Random random)
    {
        string id = gallery.Any(random);
        bool replacesAll = random.Next(4) == 0;
        Dictionary<string, string?> changes = Keys.Where(_ => random.Next(2) == 0).ToDictionary(
            key => key, _ => random.Next(3) == 0 && !replacesAll ? null : Values[random.Next(Values.Length)]);
        string what = $"{(replacesAll ? "set" : "change")} attributes of '{id}': "
            + string.Join(" ", changes.Select(change => $"{change.Key}={change.Value ?? "null"}"));
        AttributesRequest request = new() { Changes = changes, ReplacesAll = replacesAll };
        Answer<AttributesReceipt> answer = await Answer.AskAsync(
            what, () => gallery.Identity(id).SetAttributesAsync(request));
        if (answer.Judge(what, gallery.Plain[id].Count == 0 ? [typeof(IdentityNotFoundException)] : []))
        {
            SortedDictionary<string, string> attributes = gallery.Plain.Attributes(id);
            if (replacesAll)
            {
                gallery.Plain.ForgetOwnAttributes(id);
            }

            foreach ((string key, string? value) in changes)
            {
                attributes.Remove(key);
                if (value is not null)
                {
                    attributes.Add(key, value);
                }
            }

            Answer.Same(what, gallery.Plain.AttributesText(id), PlainGallery.TextOf(answer.Value!.Attributes));
        }

        return what;
    }
}

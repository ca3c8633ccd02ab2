using OrleansGallery.Abstractions;

namespace OrleansGallery.Simulation;

/// <summary>What an observed identity is, among its attributes.</summary>
internal static class PlainState
{
    private static readonly string[] Keys =
        [ReservedAttributes.State, ReservedAttributes.Seen, ReservedAttributes.Observation];

    /// <summary>What it is; null: one as any other.</summary>
    public static IReadOnlyDictionary<string, string>? Of(IDictionary<string, string> attributes) =>
        attributes.ContainsKey(ReservedAttributes.State)
            ? Keys.Where(attributes.ContainsKey).ToDictionary(key => key, key => attributes[key])
            : null;

    /// <summary>One that gets images of another was seen when either was.</summary>
    public static void SeeLater(IDictionary<string, string> attributes, IDictionary<string, string> other)
    {
        if (attributes.TryGetValue(ReservedAttributes.Seen, out string? seen)
            && other.TryGetValue(ReservedAttributes.Seen, out string? then)
            && string.CompareOrdinal(then, seen) > 0)
        {
            attributes[ReservedAttributes.Seen] = then;
        }
    }

    /// <summary>Makes an identity what it was.</summary>
    public static void Restore(IReadOnlyDictionary<string, string>? state, IDictionary<string, string> attributes)
    {
        foreach ((string key, string value) in state ?? new Dictionary<string, string>())
        {
            attributes[key] = value;
        }
    }
}

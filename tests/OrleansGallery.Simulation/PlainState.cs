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

    /// <summary>Makes an identity what it was.</summary>
    public static void Restore(IReadOnlyDictionary<string, string>? state, IDictionary<string, string> attributes)
    {
        foreach ((string key, string value) in state ?? new Dictionary<string, string>())
        {
            attributes[key] = value;
        }
    }
}

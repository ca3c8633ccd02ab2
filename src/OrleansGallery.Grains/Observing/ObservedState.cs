using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What an observed identity is, as the receipts of operations keep it: its state, when it was seen last and
/// the observation that it comes from, a line each. The ids of other identities are not kept.</summary>
internal static class ObservedState
{
    private static readonly string[] Keys =
        [ReservedAttributes.State, ReservedAttributes.Seen, ReservedAttributes.Observation];

    /// <summary>Writes it.</summary>
    /// <param name="attributes">The identity's attributes.</param>
    /// <returns>The lines; null: it is one as any other.</returns>
    public static string? Write(AttributeSet attributes) => attributes.Find(ReservedAttributes.State) is null
        ? null
        : string.Join('\n', Keys.Select(key => attributes.Find(key)));

    /// <summary>Reads it back.</summary>
    /// <param name="lines">What <see cref="Write"/> gave; null: nothing.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Read(string? lines) =>
        lines is null ? [] : Keys.Zip(lines.Split('\n'), (key, text) => KeyValuePair.Create(key, (string?)text));
}

using System.Globalization;
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
    /// <param name="seen">When it was seen last, now: nobody has it dissolved for its age.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Read(string? lines, DateTimeOffset seen) =>
        lines is null ? [] : Keys.Zip(lines.Split('\n'), (key, text) => KeyValuePair.Create(
            key, (string?)(key == ReservedAttributes.Seen ? TextOf(seen) : text)));

    /// <summary>One observed identity that gets images of another was seen when either was.</summary>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="other">The other's.</param>
    public static AttributeSet SeenLater(AttributeSet attributes, AttributeSet other) =>
        attributes.Find(ReservedAttributes.Seen) is { } seen && other.Find(ReservedAttributes.Seen) is { } then
            && string.CompareOrdinal(then, seen) > 0
            ? attributes.With([KeyValuePair.Create(ReservedAttributes.Seen, (string?)then)])
            : attributes;

    /// <summary>A time as attributes have it; their order is the times'.</summary>
    /// <param name="time">The time.</param>
    public static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

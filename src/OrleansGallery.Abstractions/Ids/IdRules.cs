using System.Text;

namespace OrleansGallery.Abstractions;

/// <summary>
/// The rules for gallery names and identity, image and facet ids: 1 to 256 UTF-8 bytes (a facet may be empty), no
/// control characters, no <c>/</c>, not <c>.</c> or <c>..</c>, because they stand in URLs and in grain keys.
/// </summary>
public static class IdRules
{
    /// <summary>The longest id in UTF-8 bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Refuses an id that breaks the rules.</summary>
    /// <param name="what">What the id names, for the message: <c>identity id</c>.</param>
    /// <param name="id">The id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InvalidIdException">The id breaks a rule; the message says which.</exception>
    public static string Require(string what, string? id) =>
        string.IsNullOrEmpty(id) ? throw new InvalidIdException($"The {what} is missing.") : RequireText(what, id);

    /// <summary>As <see cref="Require"/> for a facet, which may be empty or missing.</summary>
    /// <param name="facet">The facet.</param>
    /// <returns>The facet; empty for none.</returns>
    /// <exception cref="InvalidIdException">The facet breaks a rule.</exception>
    public static string RequireFacet(string? facet) =>
        string.IsNullOrEmpty(facet) ? string.Empty : RequireText("facet", facet);

    /// <summary>What is wrong with a character of a text; null: nothing.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="text">The text that it was read from.</param>
    internal static string? FindFault(Rune rune, string text) =>
        Rune.IsControl(rune) ? $"contains the control character U+{rune.Value:X4}."
        // An unpaired surrogate has no UTF-8 form, so it would not come back from the store as it went in.
        : rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal)
            ? "is no valid Unicode text."
        : null;

    private static string RequireText(string what, string id)
    {
        if (id is "." or "..")
        {
            throw new InvalidIdException($"The {what} is '{id}', which a URL cannot carry.");
        }

        int length = 0;
        foreach (Rune rune in id.EnumerateRunes())
        {
            length += rune.Utf8SequenceLength;
            if (rune.Value == '/')
            {
                throw new InvalidIdException($"The {what} contains '/'.");
            }

            if (FindFault(rune, id) is { } fault)
            {
                throw new InvalidIdException($"The {what} {fault}");
            }
        }

        return length <= MaxBytes
            ? id
            : throw new InvalidIdException($"The {what} has {length} UTF-8 bytes; at most {MaxBytes} are allowed.");
    }
}

using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Grains;

/// <summary>Which attributes an operation moved, as its receipt keeps them: a line of each, of its digest and its key,
/// so that the same attribute is known again and its text is not remembered.</summary>
internal sealed class AttributeMarks
{
    private readonly string _operationId;
    private readonly HashSet<string> _lines;

    private AttributeMarks(string operationId, string[] lines) =>
        (_operationId, _lines) = (operationId, new(lines, StringComparer.Ordinal));

    /// <summary>Those of no operation.</summary>
    public static AttributeMarks None { get; } = new(string.Empty, []);

    /// <summary>Those of a receipt.</summary>
    /// <param name="operationId">Its operation.</param>
    /// <param name="lines">What <see cref="Write"/> made; null: none.</param>
    public static AttributeMarks Read(string operationId, string? lines) =>
        new(operationId, lines?.Split('\n') ?? []);

    /// <summary>The lines of attributes.</summary>
    /// <param name="operationId">The operation that moves them.</param>
    /// <param name="attributes">The attributes.</param>
    /// <returns>The lines; null: there are none.</returns>
    public static string? Write(string operationId, IEnumerable<KeyValuePair<string, string>> attributes) =>
        string.Join('\n', attributes.Select(one => LineOf(operationId, one))) is { Length: > 0 } lines ? lines : null;

    /// <summary>Whether an attribute, with its text as it is now, is one of them.</summary>
    /// <param name="attribute">The attribute.</param>
    public bool Have(KeyValuePair<string, string> attribute) =>
        _lines.Count > 0 && _lines.Contains(LineOf(_operationId, attribute));

    // No id and no key has a line's end in it.
    private static string LineOf(string operationId, KeyValuePair<string, string> attribute) =>
        Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes($"{operationId}\n{attribute.Key}\n{attribute.Value}"))) + " " + attribute.Key;
}

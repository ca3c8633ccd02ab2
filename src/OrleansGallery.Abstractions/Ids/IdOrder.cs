namespace OrleansGallery.Abstractions;

/// <summary>
/// The order of ids in lists: by their UTF-8 bytes, as SQLite and PostgreSQL's "C" collation compare them. It is the
/// order of code points; <see cref="StringComparer.Ordinal"/> differs from it beyond U+FFFF.
/// </summary>
public sealed class IdOrder : IComparer<string>
{
    // Lifts what UTF-16 keeps in the wrong place: surrogates (D800 to DFFF) stand for code points above all others.
    private const int SurrogateLift = 0x2800;

    private IdOrder()
    {
    }

    /// <summary>The order as a comparer.</summary>
    public static IdOrder Instance { get; } = new();

    /// <summary>Compares two ids.</summary>
    /// <param name="x">The first.</param>
    /// <param name="y">The second.</param>
    /// <returns>Negative where the first comes first.</returns>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> one = x;
        ReadOnlySpan<char> other = y;
        int same = one.CommonPrefixLength(other);
        return same == one.Length || same == other.Length
            ? one.Length.CompareTo(other.Length)
            : Weight(one[same]).CompareTo(Weight(other[same]));
    }

    private static int Weight(char unit) => char.IsSurrogate(unit) ? unit + SurrogateLift : unit;
}

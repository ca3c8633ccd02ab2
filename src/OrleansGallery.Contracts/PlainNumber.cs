using System.Globalization;
using System.Numerics;

namespace OrleansGallery.Contracts;

/// <summary>
/// The one reading of numbers that come as text, in options, forms, queries and settings: as JSON writes them. No signs
/// but '-', no spaces, no separators of thousands, nothing that is not finite: <c>0,1</c> is no 1.
/// </summary>
public static class PlainNumber
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Fraction = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">An integer type, or a floating-point one.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="value">The number; 0 where there is none.</param>
    /// <returns>Whether the text is a number of this type.</returns>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, INumber<T>
    {
        if (IsPlain(text)
            && T.TryParse(text, IsWhole<T>() ? Whole : Fraction, CultureInfo.InvariantCulture, out value)
            && T.IsFinite(value))
        {
            return true;
        }

        value = T.Zero;
        return false;
    }

    /// <summary>Whether numbers of a type have no fraction.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>True for integers.</returns>
    public static bool IsWhole<T>()
        where T : struct, INumber<T> => T.One / (T.One + T.One) == T.Zero;

    private static bool IsPlain(string? text) => text is { Length: > 0 }
        && (char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] == '-' && char.IsAsciiDigit(text[1])))
        && char.IsAsciiDigit(text[^1]);
}

using System.Globalization;
using System.Numerics;

namespace OrleansGallery.Cli;

/// <summary>
/// Numbers as people give them: with a point before decimals, without thousands separators or blanks, finite.
/// </summary>
internal static class Numbers
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Decimal = Whole | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse<T>(string text, out T value)
        where T : struct, INumber<T> =>
        T.TryParse(text, IsWhole<T>() ? Whole : Decimal, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);

    /// <summary>Reads a number between bounds, or says what is wrong with it.</summary>
    /// <param name="name">What it is, for the message.</param>
    /// <param name="text">What was given.</param>
    /// <param name="range">What is possible.</param>
    /// <param name="value">The number.</param>
    /// <returns>The error; null: none.</returns>
    public static string? Parse<T>(string name, string text, NumberRange<T> range, out T value)
        where T : struct, INumber<T> => TryParse(text, out value) && range.Holds(value)
        ? null
        : $"{name} is '{text}'; it must be {(IsWhole<T>() ? "a whole number" : "a number like 0.5")}{range}.";

    private static bool IsWhole<T>()
        where T : struct, INumber<T> => T.One / (T.One + T.One) == T.Zero;
}

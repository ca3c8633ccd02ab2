using System.Globalization;

namespace OrleansGallery.Server;

/// <summary>
/// The one reading of numbers that come as text, in forms, in queries and in settings: as JSON writes them. No signs
/// but '-', no spaces, no separators of thousands, nothing that is not finite: <c>0,1</c> is no 1.
/// </summary>
internal static class PlainNumber
{
    public static bool TryParse(string text, out int value)
    {
        value = 0;
        return IsPlain(text)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParse(string text, out long value)
    {
        value = 0;
        return IsPlain(text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParse(string text, out double value)
    {
        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        return IsPlain(text)
            && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static bool IsPlain(string text) => text.Length > 0
        && (char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] == '-' && char.IsAsciiDigit(text[1])))
        && char.IsAsciiDigit(text[^1]);
}

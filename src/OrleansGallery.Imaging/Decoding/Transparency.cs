using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansGallery.Imaging;

/// <summary>
/// What becomes of alpha: pixels are composed on a colour, or alpha is dropped and each pixel keeps the colour that is
/// stored, however transparent it is (Pillow's <c>convert("RGB")</c>). The default value is <see cref="White"/>.
/// </summary>
public readonly record struct Transparency
{
    private const uint WhiteRgb = 0xFFFFFF;
    private const string WhiteText = "white";
    private const string DropText = "drop";

    // The colour's complement, so that default(Transparency) is white.
    private readonly uint _inverted;

    private Transparency(uint rgb, bool dropsAlpha)
    {
        _inverted = ~rgb & WhiteRgb;
        DropsAlpha = dropsAlpha;
    }

    /// <summary>Composed on white: what a person sees of a cut-out on a page.</summary>
    public static Transparency White => default;

    /// <summary>Alpha is ignored, as the reference does.</summary>
    public static Transparency Drop { get; } = new(WhiteRgb, dropsAlpha: true);

    /// <summary>Whether alpha is ignored; otherwise <see cref="Red"/>, Green and Blue are the ground.</summary>
    public bool DropsAlpha { get; }

    /// <summary>The ground's red; without meaning where alpha is dropped, as are the others.</summary>
    public byte Red => (byte)(~_inverted >> 16);

    /// <summary>The ground's green.</summary>
    public byte Green => (byte)(~_inverted >> 8);

    /// <summary>The ground's blue.</summary>
    public byte Blue => (byte)~_inverted;

    /// <summary>Composed on a colour.</summary>
    /// <param name="red">The ground's red.</param>
    /// <param name="green">The ground's green.</param>
    /// <param name="blue">The ground's blue.</param>
    /// <returns>The value; equal to <see cref="White"/> for 255, 255, 255.</returns>
    public static Transparency On(byte red, byte green, byte blue) =>
        new((uint)(red << 16 | green << 8 | blue), dropsAlpha: false);

    /// <summary>Reads <c>white</c>, <c>drop</c> or <c>#rrggbb</c>, upper or lower case.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">It is none of them; the message quotes it.</exception>
    public static Transparency Parse(string text) => TryParse(text, out Transparency value)
        ? value
        : throw new FormatException(
            $"'{text}' says not what becomes of transparent pixels; it must be {WhiteText}, {DropText} or a colour " +
            "as #rrggbb.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; white where there is none.</param>
    /// <returns>Whether the text was one of the forms.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Transparency value)
    {
        value = default;
        if (string.Equals(text, DropText, StringComparison.OrdinalIgnoreCase))
        {
            value = Drop;
            return true;
        }

        if (text is ['#', .. { Length: 6 } digits]
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint rgb))
        {
            value = new Transparency(rgb, dropsAlpha: false);
            return true;
        }

        return string.Equals(text, WhiteText, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The form that <see cref="Parse"/> reads, in lower case.</summary>
    /// <returns><c>white</c>, <c>drop</c> or <c>#rrggbb</c>.</returns>
    public override string ToString() =>
        DropsAlpha ? DropText : this == White ? WhiteText : $"#{~_inverted & WhiteRgb:x6}";

    /// <summary>
    /// Composes pixels of red, green, blue and alpha: round((colour * alpha + ground * (255 - alpha)) / 255), exactly,
    /// which is also Pillow's <c>paste</c> with a mask.
    /// </summary>
    internal void Compose(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        (int red, int green, int blue) = (Red, Green, Blue);
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += PixelImage.Channels)
        {
            int alpha = DropsAlpha ? byte.MaxValue : rgba[from + 3];
            rgb[to] = Mixed(rgba[from], red, alpha);
            rgb[to + 1] = Mixed(rgba[from + 1], green, alpha);
            rgb[to + 2] = Mixed(rgba[from + 2], blue, alpha);
        }
    }

    // 255 is odd, so there is no half to round.
    private static byte Mixed(int colour, int ground, int alpha) =>
        (byte)((colour * alpha + ground * (byte.MaxValue - alpha) + 127) / byte.MaxValue);
}

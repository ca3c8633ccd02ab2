using System.Collections.Frozen;
using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>
/// A small font of strokes for A-Z, 0-9, hyphen, full stop, slash and underscore, because a bare machine has none: each
/// character is SVG path data in a cell of 4 x 6 units, y down, to be stroked.
/// </summary>
internal static class StrokeFont
{
    /// <summary>A character's width in units.</summary>
    public const float CellWidth = 4;

    /// <summary>A character's height in units.</summary>
    public const float CellHeight = 6;

    /// <summary>From one character's left edge to the next one's, in units.</summary>
    public const float Advance = 5.6f;

    private static readonly FrozenDictionary<char, string> Glyphs = new Dictionary<char, string>
    {
        ['A'] = "M0 6 L2 0 L4 6 M.8 4 L3.2 4",
        ['B'] = "M0 0 L0 6 L2.4 6 C4.5 6 4.5 3 2.4 3 L0 3 M2.2 3 C4 3 4 0 2.2 0 L0 0",
        ['C'] = "M4 1 C3 -.5 0 -.5 0 3 C0 6.5 3 6.5 4 5",
        ['D'] = "M0 0 L0 6 L1.6 6 C4.8 6 4.8 0 1.6 0 Z",
        ['E'] = "M4 0 L0 0 L0 6 L4 6 M0 3 L3 3",
        ['F'] = "M4 0 L0 0 L0 6 M0 3 L3 3",
        ['G'] = "M4 1 C3 -.5 0 -.5 0 3 C0 6.5 3.2 6.6 4 5 L4 3.4 L2.4 3.4",
        ['H'] = "M0 0 L0 6 M4 0 L4 6 M0 3 L4 3",
        ['I'] = "M2 0 L2 6 M.8 0 L3.2 0 M.8 6 L3.2 6",
        ['J'] = "M3.6 0 L3.6 4.2 C3.6 6.6 .4 6.6 .2 4.4",
        ['K'] = "M0 0 L0 6 M4 0 L0 3.6 M1.4 2.4 L4 6",
        ['L'] = "M0 0 L0 6 L4 6",
        ['M'] = "M0 6 L0 0 L2 3.4 L4 0 L4 6",
        ['N'] = "M0 6 L0 0 L4 6 L4 0",
        ['O'] = "M2 0 C-.7 0 -.7 6 2 6 C4.7 6 4.7 0 2 0 Z",
        ['P'] = "M0 6 L0 0 L2.2 0 C4.6 0 4.6 3.4 2.2 3.4 L0 3.4",
        ['Q'] = "M2 0 C-.7 0 -.7 6 2 6 C4.7 6 4.7 0 2 0 Z M2.4 4.2 L4.2 6.3",
        ['R'] = "M0 6 L0 0 L2.2 0 C4.6 0 4.6 3.2 2.2 3.2 L0 3.2 M2 3.2 L4 6",
        ['S'] = "M3.8 1 C3 -.5 .1 -.4 .2 1.5 C.3 3.4 3.8 2.6 3.8 4.5 C3.8 6.5 .7 6.4 .1 4.8",
        ['T'] = "M0 0 L4 0 M2 0 L2 6",
        ['U'] = "M0 0 L0 3.8 C0 6.8 4 6.8 4 3.8 L4 0",
        ['V'] = "M0 0 L2 6 L4 0",
        ['W'] = "M0 0 L1 6 L2 2.4 L3 6 L4 0",
        ['X'] = "M0 0 L4 6 M4 0 L0 6",
        ['Y'] = "M0 0 L2 3 L4 0 M2 3 L2 6",
        ['Z'] = "M0 0 L4 0 L0 6 L4 6",
        ['0'] = "M2 0 C-.7 0 -.7 6 2 6 C4.7 6 4.7 0 2 0 Z M3 1.2 L1 4.8",
        ['1'] = "M.8 1.2 L2.2 0 L2.2 6 M.8 6 L3.6 6",
        ['2'] = "M.2 1.4 C.4 -.5 3.8 -.5 3.8 1.6 C3.8 3 1.4 4 .1 6 L4 6",
        ['3'] = "M.2 0 L3.8 0 L1.8 2.4 C4.6 2.4 4.6 6 2 6 C1 6 .4 5.6 0 5",
        ['4'] = "M3 6 L3 0 L0 4.2 L4 4.2",
        ['5'] = "M3.7 0 L.5 0 L.3 2.6 C4.7 1.6 4.8 6 1.9 6 C1 6 .4 5.6 0 5",
        ['6'] = "M3.4 0 C1 .8 0 2.6 0 4 C0 6.7 4 6.7 4 4.1 C4 1.8 .8 1.8 .1 3.6",
        ['7'] = "M0 0 L4 0 L1.4 6 M1 3 L3.6 3",
        ['8'] = "M2 2.8 C-.4 2.8 -.2 0 2 0 C4.2 0 4.4 2.8 2 2.8 C-.8 2.8 -.8 6 2 6 C4.8 6 4.8 2.8 2 2.8 Z",
        ['9'] = "M.6 6 C3 5.2 4 3.4 4 2 C4 -.7 0 -.7 0 1.9 C0 4.2 3.2 4.2 3.9 2.4",
        ['-'] = "M.6 3 L3.4 3",
        ['.'] = "M1.8 5.9 L2.2 5.9",
        ['/'] = "M0 6 L4 0",
        ['_'] = "M0 6 L4 6",
    }.ToFrozenDictionary();

    /// <summary>The width of a text in units, without the stroke's own width.</summary>
    public static float Measure(string text) => CellWidth + (Advance * (text.Length - 1));

    /// <summary>
    /// The lines of a text in units, from (0, 0); the caller scales and strokes them. Characters that the font lacks
    /// leave a gap.
    /// </summary>
    public static SKPath Path(string text)
    {
        using SKPathBuilder builder = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (Glyphs.TryGetValue(char.ToUpperInvariant(text[i]), out string? data))
            {
                using SKPath glyph = Svg.Parse(data);
                builder.AddPath(glyph, i * Advance, 0, SKPathAddMode.Append);
            }
        }

        return builder.Detach();
    }
}

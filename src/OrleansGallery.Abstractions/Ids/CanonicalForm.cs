using System.Text;

namespace OrleansGallery.Abstractions;

/// <summary>
/// Unicode's composed form of a text (NFC, UAX #15): two spellings of one name have the same. The runtime has one only
/// with ICU, which the service does without.
/// </summary>
public static class CanonicalForm
{
    // Below this character no text has another form.
    private const char First = '\u0300';

    // Syllables are composed by rule: a leading consonant, a vowel, perhaps a trailing consonant.
    private const int Syllables = 0xAC00;
    private const int Leading = 0x1100;
    private const int Vowels = 0x1161;
    private const int Trailing = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;
    private const int SyllableCount = 19 * VowelCount * TrailingCount;

    private static readonly CanonicalTable Table = CanonicalTable.Read();

    /// <summary>The form.</summary>
    /// <param name="text">Valid Unicode.</param>
    /// <returns>The text itself where it has the form already.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyInRange(First, char.MaxValue))
        {
            return text;
        }

        List<int> points = [];
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Order(points);
        string form = Compose(points);
        return form == text ? text : form;
    }

    private static void Decompose(int point, List<int> points)
    {
        int syllable = point - Syllables;
        if (syllable is >= 0 and < SyllableCount)
        {
            points.Add(Leading + (syllable / (VowelCount * TrailingCount)));
            points.Add(Vowels + (syllable / TrailingCount % VowelCount));
            if (syllable % TrailingCount > 0)
            {
                points.Add(Trailing + (syllable % TrailingCount));
            }
        }
        else if (Table.PartsOf(point) is { } parts)
        {
            Array.ForEach(parts, part => Decompose(part, points));
        }
        else
        {
            points.Add(point);
        }
    }

    // Marks behind a letter, by their classes; those of one class stay as they are.
    private static void Order(List<int> points)
    {
        for (int i = 1; i < points.Count; i++)
        {
            int point = points[i];
            int mark = Table.ClassOf(point);
            int to = i;
            for (; mark > 0 && to > 0 && Table.ClassOf(points[to - 1]) > mark; to--)
            {
                points[to] = points[to - 1];
            }

            points[to] = point;
        }
    }

    private static string Compose(List<int> points)
    {
        List<int> composed = [];
        (int starter, int last) = (-1, -1);
        foreach (int point in points)
        {
            int mark = Table.ClassOf(point);
            if (starter >= 0 && last < mark && TryCompose(composed[starter], point, out int together))
            {
                composed[starter] = together;
                continue;
            }

            (starter, last) = mark == 0 ? (composed.Count, -1) : (starter, mark);
            composed.Add(point);
        }

        StringBuilder text = new(composed.Count);
        composed.ForEach(point => text.Append(char.ConvertFromUtf32(point)));
        return text.ToString();
    }

    private static bool TryCompose(int first, int second, out int together)
    {
        (int consonant, int vowel) = (first - Leading, second - Vowels);
        if (consonant is >= 0 and < SyllableCount / (VowelCount * TrailingCount) && vowel is >= 0 and < VowelCount)
        {
            together = Syllables + (((consonant * VowelCount) + vowel) * TrailingCount);
            return true;
        }

        (int syllable, int trailing) = (first - Syllables, second - Trailing);
        if (syllable is >= 0 and < SyllableCount && syllable % TrailingCount == 0
            && trailing is > 0 and < TrailingCount)
        {
            together = first + trailing;
            return true;
        }

        return Table.TryCompose(first, second, out together);
    }
}

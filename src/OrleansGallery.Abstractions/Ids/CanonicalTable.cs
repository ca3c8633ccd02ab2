using System.Globalization;

namespace OrleansGallery.Abstractions;

/// <summary>What Unicode says of single characters: into which parts they decompose, which parts compose, and the order
/// of marks.</summary>
internal sealed class CanonicalTable
{
    private readonly Dictionary<int, int[]> _parts = [];
    private readonly Dictionary<(int First, int Second), int> _composed = [];
    private readonly Dictionary<int, int> _classes = [];

    private CanonicalTable()
    {
    }

    /// <summary>Reads <c>Canonical.txt</c>, which says what its lines are.</summary>
    public static CanonicalTable Read()
    {
        CanonicalTable table = new();
        using StreamReader lines = new(typeof(CanonicalTable).Assembly.GetManifestResourceStream("Canonical.txt")!);
        while (lines.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                table.Add(line.Split(' '));
            }
        }

        return table;
    }

    /// <summary>The parts of a character; null: it has none.</summary>
    public int[]? PartsOf(int point) => _parts.GetValueOrDefault(point);

    /// <summary>The class of a mark; 0: it is none.</summary>
    public int ClassOf(int point) => _classes.GetValueOrDefault(point);

    /// <summary>Composes two characters.</summary>
    public bool TryCompose(int first, int second, out int together) =>
        _composed.TryGetValue((first, second), out together);

    private static int Parse(string point) => int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private void Add(string[] fields)
    {
        if (fields[2] == ":")
        {
            int mark = int.Parse(fields[3], CultureInfo.InvariantCulture);
            for (int point = Parse(fields[0]); point <= Parse(fields[1]); point++)
            {
                _classes.Add(point, mark);
            }

            return;
        }

        int[] parts = [.. fields[2..].Select(Parse)];
        _parts.Add(Parse(fields[0]), parts);
        if (fields[1] == "+")
        {
            _composed.Add((parts[0], parts[1]), Parse(fields[0]));
        }
    }
}

using System.Globalization;

namespace OrleansGallery.Offline;

/// <summary>Which column of a CSV file is what. A vector is one column of numbers, parted by commas, semicolons or
/// blanks and with or without brackets, or one column per number: the name with 0, 1, 2, ... behind it.</summary>
internal sealed class CsvColumns
{
    private const string UsualVector = "vector";

    private readonly List<string> _names;
    private readonly ImportFields _fields;
    private readonly ImportFields _usual;
    private readonly Func<long, string> _idOf;
    private readonly string _vector;
    private readonly int[] _components;

    /// <param name="header">The first line.</param>
    /// <param name="fields">Which column is what.</param>
    /// <param name="idOf">A row's id where it has none.</param>
    /// <exception cref="FormatException">A column that is needed is not there.</exception>
    public CsvColumns(string header, ImportFields fields, Func<long, string> idOf)
    {
        _names = CsvLine.Fields(header);
        (_fields, _usual, _idOf) = (fields, fields.OrOurs(), idOf);
        _vector = fields.Vector ?? UsualVector;
        _components = _names.IndexOf(_vector) is var whole and >= 0 ? [whole] : ComponentsOf(_vector);
        foreach (string? needed in (string?[])[_usual.Identity, fields.Id, fields.Facet, fields.TakenAt])
        {
            if (needed is not null && !_names.Contains(needed))
            {
                throw new FormatException(
                    $"the header has no column '{needed}' (--identity, --id, --facet and --taken-at name columns); "
                    + $"it has {Shown()}.");
            }
        }

        if (_components.Length == 0)
        {
            throw new FormatException(
                $"the header has no column '{_vector}', nor '{_vector}0', '{_vector}1' and so on (--vector names it); "
                + $"it has {Shown()}.");
        }
    }

    /// <summary>Takes a row.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public ImportRow RowOf(ImportRow row, string line)
    {
        List<string> values = CsvLine.Fields(line);
        if (values.Count != _names.Count)
        {
            throw new FormatException($"it has {values.Count} fields; the header has {_names.Count}.");
        }

        string? Of(string? name) => name is not null && _names.IndexOf(name) is var place and >= 0
            && values[place].Length > 0 ? JsonFields.RequireText(name, values[place]) : null;
        return row with
        {
            Identity = Of(_usual.Identity) ?? throw new FormatException($"its '{_usual.Identity}' is empty."),
            ImageId = Of(_usual.Id) ?? (_fields.Id is null ? _idOf(row.Number)
                : throw new FormatException($"its '{_fields.Id}' is empty.")),
            Facet = Of(_usual.Facet),
            TakenAt = IsoInstant.Read(_usual.TakenAt!, Of(_usual.TakenAt)),
            Vector = VectorOf(values),
        };
    }

    private float[] VectorOf(List<string> values)
    {
        string[] texts = _components.Length > 1 || !_names[_components[0]].Equals(_vector, StringComparison.Ordinal)
            ? [.. _components.Select(place => values[place])]
            : Part(values[_components[0]].Trim('[', ']', '(', ')', '{', '}'));
        float[] vector = new float[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!float.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out vector[i]))
            {
                throw new FormatException(
                    $"component {i} of its '{_vector}' is '{JsonFields.Short(texts[i])}'; a number is expected.");
            }
        }

        return JsonVector.Finite(_vector, vector);
    }

    // By one kind of separator: a comma beside semicolons is a decimal comma, which is refused as no number.
    private static string[] Part(string numbers) =>
        numbers.Contains(';', StringComparison.Ordinal) ? numbers.Split(';', StringSplitOptions.TrimEntries)
        : numbers.Contains(',', StringComparison.Ordinal) ? numbers.Split(',', StringSplitOptions.TrimEntries)
        : numbers.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    // They count from 0 or from 1.
    private int[] ComponentsOf(string prefix)
    {
        int first = _names.Contains(prefix + "0") ? 0 : 1;
        int[] components =
        [
            .. Enumerable.Range(first, _names.Count)
                .Select(i => _names.IndexOf(NameOf(prefix, i)))
                .TakeWhile(place => place >= 0),
        ];
        int missing = first + components.Length;
        string? beyond = Enumerable.Range(missing + 1, _names.Count)
            .Select(i => NameOf(prefix, i)).FirstOrDefault(_names.Contains);
        return beyond is null || components.Length == 0 ? components : throw new FormatException(
            $"the header has a column '{beyond}', but no '{NameOf(prefix, missing)}'; a vector's columns are counted "
            + "without a gap.");
    }

    private static string NameOf(string prefix, int number) =>
        prefix + number.ToString(CultureInfo.InvariantCulture);

    private string Shown() => string.Join(", ", _names.Take(10).Select(name => $"'{JsonFields.Short(name)}'"))
        + (_names.Count > 10 ? " and more" : string.Empty);
}

using System.Globalization;

namespace OrleansGallery.Offline;

/// <summary>DeepFashion's lists: how many rows there are, the columns' names, then a row a line.</summary>
internal static class DeepFashionLists
{
    private const int HeaderLines = 2;

    /// <summary>Boxes by image: name, kind of clothes, source (1 shop, 2 customer), two corners.</summary>
    /// <exception cref="InvalidDataException">A line is malformed, or the file is cut short.</exception>
    public static Dictionary<string, DeepFashionBox> ReadBoxes(string file)
    {
        Dictionary<string, DeepFashionBox> boxes = new(StringComparer.Ordinal);
        foreach ((int line, string[] fields) in Rows(
            file, "image_name clothes_type source_type x_1 y_1 x_2 y_2".Split(' ')))
        {
            int[] numbers = [.. fields.Skip(2).Select(field => Number(file, line, field))];
            if (numbers[0] is not (1 or 2))
            {
                throw Malformed(file, line, $"source_type is {numbers[0]}; 1 (shop) and 2 (consumer) are possible.");
            }

            if (!boxes.TryAdd(
                Name(file, line, fields[0]),
                new DeepFashionBox(numbers[0] == 1, numbers[1], numbers[2], numbers[3], numbers[4])))
            {
                throw Malformed(file, line, $"'{fields[0]}' was there before.");
            }
        }

        return boxes;
    }

    /// <summary>Pairs: the customer's image, the shop's, the item, and what the pair is for.</summary>
    /// <exception cref="InvalidDataException">A line is malformed, or the file is cut short.</exception>
    public static IReadOnlyList<DeepFashionPair> ReadPairs(string file)
    {
        List<DeepFashionPair> pairs = [];
        foreach ((int line, string[] fields) in Rows(
            file, "image_pair_name_1 image_pair_name_2 item_id evaluation_status".Split(' ')))
        {
            pairs.Add(fields[3] is "train" or "val" or "test"
                ? new DeepFashionPair(Name(file, line, fields[0]), Name(file, line, fields[1]), fields[3])
                : throw Malformed(
                    file, line, $"evaluation_status is '{fields[3]}'; train, val and test are possible."));
        }

        return pairs;
    }

    private static IEnumerable<(int Line, string[] Fields)> Rows(string file, string[] columns)
    {
        IReadOnlyList<string> lines = Utf8File.ReadLines(file);
        int wanted = lines.Count < HeaderLines
            ? throw new InvalidDataException(
                $"'{file}' has {lines.Count} lines; a number, columns and rows are expected.")
            : Number(file, 1, lines[0].Trim());
        int found = 0;
        foreach ((int place, string line) in lines.Index().Skip(HeaderLines))
        {
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0)
            {
                continue;
            }

            found++;
            yield return fields.Length == columns.Length
                ? (place + 1, fields)
                : throw Malformed(
                    file,
                    place + 1,
                    $"{columns.Length} fields are expected ({string.Join(", ", columns)}), not {fields.Length}; it is "
                    + $"'{line}'.");
        }

        if (found != wanted)
        {
            throw new InvalidDataException(
                $"'{file}' says in its first line that it has {wanted} rows; it has {found}. Extract it again.");
        }
    }

    private static int Number(string file, int line, string field) =>
        int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Malformed(file, line, $"'{field}' is no whole number.");

    // img/KIND/SORT/ITEM/FILE; a name that leads out of the folder is refused.
    private static string Name(string file, int line, string name)
    {
        string[] parts = name.Split('/');
        return parts.Length >= 3 && parts[0] == "img" && !parts.Any(part => part is "" or "." or "..")
            && name.IndexOfAny(['\\', ':', '\0']) < 0
            ? name
            : throw Malformed(file, line, $"'{name}' is no image's name; img/.../ITEM/FILE is expected.");
    }

    private static InvalidDataException Malformed(string file, int line, string what) =>
        new($"'{file}' line {line}: {what}");
}

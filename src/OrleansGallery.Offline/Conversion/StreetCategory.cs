using System.Globalization;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>One category of Street2Shop: its three lists.</summary>
internal sealed class StreetCategory
{
    private readonly string _name;

    private StreetCategory(string name) => _name = name;

    /// <summary>The train pairs.</summary>
    public required IReadOnlyList<StreetPhoto> Train { get; init; }

    /// <summary>The test pairs.</summary>
    public required IReadOnlyList<StreetPhoto> Test { get; init; }

    /// <summary>The shops' photos.</summary>
    public required IReadOnlyList<StreetPhoto> Shop { get; init; }

    /// <summary>All products, sorted.</summary>
    public required IReadOnlyList<long> Products { get; init; }

    /// <summary>Pairs whose box has no pixel; they take no part.</summary>
    public int BoxesWithoutArea => Train.Concat(Test).Count(row => !HasArea(row));

    /// <summary>The names of a category's files.</summary>
    public static string[] FilesOf(string name) =>
        [$"train_pairs_{name}.json", $"test_pairs_{name}.json", $"retrieval_{name}.json"];

    /// <summary>Reads a category's files.</summary>
    /// <exception cref="InvalidDataException">One is malformed; the message names the entry.</exception>
    public static StreetCategory Read(string folder, string name)
    {
        StreetPhoto[][] lists = [.. FilesOf(name).Index().Select(
            item => Rows(Path.Combine(folder, item.Item), boxes: item.Index < 2).ToArray())];
        return new StreetCategory(name)
        {
            Train = lists[0],
            Test = lists[1],
            Shop = lists[2],
            Products = [.. lists.SelectMany(rows => rows).Select(row => row.Product).Distinct().Order()],
        };
    }

    /// <summary>The images that are made of it, by product.</summary>
    /// <param name="firstPair">The number of its first product among all categories.</param>
    /// <param name="files">The photos' files by number.</param>
    public IEnumerable<PlannedImage> Plan(long firstPair, IReadOnlyDictionary<long, string> files)
    {
        Dictionary<long, long> pairs = Products.Index().ToDictionary(item => item.Item, item => firstPair + item.Index);
        HashSet<long> trained = [.. Train.Select(row => row.Product)];
        Dictionary<(ConvertedPart, long, long), int> uses = [];
        PlannedImage Image(StreetPhoto row, ConvertedPart part)
        {
            (ConvertedPart, long, long) key = (part, row.Photo, row.Product);
            int use = uses.GetValueOrDefault(key);
            uses[key] = use + 1;
            string? file = files.GetValueOrDefault(row.Photo);
            return new PlannedImage
            {
                Part = part,
                Pair = pairs[row.Product],
                IsShop = row.Box is null,
                Source = file,
                WhyNone = "no file has this number",
                Label = string.Create(
                    CultureInfo.InvariantCulture, $"photo {row.Photo} (product {row.Product} of {_name})"),
                Box = row.Box,
                Name = string.Create(
                    CultureInfo.InvariantCulture, $"{_name}/{row.Photo:D9}_{row.Product}_{use}.jpg"),
            };
        }

        return Train.Where(HasArea).Select(row => Image(row, ConvertedPart.Train))
            .Concat(Test.Where(HasArea).Select(row => Image(row, ConvertedPart.Query)))
            .Concat(Shop.Select(row => Image(
                row, trained.Contains(row.Product) ? ConvertedPart.Train : ConvertedPart.Gallery)))
            .OrderBy(image => image.Pair).ThenBy(image => image.Part);
    }

    private static bool HasArea(StreetPhoto row) => row.Box is not { } box || (box.Width > 0 && box.Height > 0);

    private static IEnumerable<StreetPhoto> Rows(string file, bool boxes)
    {
        using ReadBuffer buffer = new(file);
        long entry = 0;
        foreach ((long line, JsonDocument row) in new JsonRows(buffer, file, string.Empty).Read())
        {
            using (row)
            {
                entry++;
                InvalidDataException Malformed(string what, string name) => new(
                    $"'{file}' line {line}, entry {entry}: a {what} '{name}' is expected; it is "
                    + $"{row.RootElement.GetRawText()}.");
                double Number(JsonElement item, string name) =>
                    item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value)
                        && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
                        && Math.Abs(number) <= int.MaxValue
                            ? number
                            : throw Malformed("number", name);
                long Id(string name) => Number(row.RootElement, name) is var id && double.IsInteger(id)
                    ? (long)id
                    : throw Malformed("whole number", name);
                int Side(JsonElement box, string name) => (int)Math.Round(Number(box, name));
                JsonElement box = boxes && row.RootElement.ValueKind == JsonValueKind.Object
                    && row.RootElement.TryGetProperty("bbox", out JsonElement found) ? found : default;
                yield return new StreetPhoto(
                    Id("photo"),
                    Id("product"),
                    boxes
                        ? new PixelBox(
                            Side(box, "left"), Side(box, "top"), Side(box, "width"), Side(box, "height"))
                        : null);
            }
        }
    }
}

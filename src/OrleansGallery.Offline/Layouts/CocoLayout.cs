using System.Globalization;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>
/// COCO-like JSON as used for DeepFashion and Street2Shop: <c>images</c> with <c>id</c> and <c>file_name</c>,
/// <c>annotations</c> with <c>image_id</c> and <c>pair_id</c>, the identity. The query's and the gallery's file lie
/// beside the train file, with "train" replaced in their names; otherwise they are its path with "train" replaced.
/// </summary>
public static class CocoLayout
{
    /// <summary>The facet of train and query images.</summary>
    public const string QueryFacet = "0";

    /// <summary>The facet of gallery images.</summary>
    public const string GalleryFacet = "1";

    /// <summary>Reads the three files.</summary>
    /// <param name="root">The folder with <c>train</c>, <c>query</c> and <c>gallery</c>.</param>
    /// <param name="trainJson">The train file's path.</param>
    /// <returns>The splits; query and gallery where both files are there.</returns>
    public static DataSplits Read(string root, string trainJson)
    {
        ArgumentNullException.ThrowIfNull(trainJson);
        string query = Beside(trainJson, "query");
        string gallery = Beside(trainJson, "gallery");
        bool split = query != trainJson && File.Exists(query) && File.Exists(gallery);
        return new DataSplits
        {
            Train = ReadSet(Path.Combine(root, "train"), trainJson, QueryFacet, dropSingles: true),
            Query = split ? ReadSet(Path.Combine(root, "query"), query, QueryFacet, dropSingles: false) : null,
            Gallery = split ? ReadSet(Path.Combine(root, "gallery"), gallery, GalleryFacet, dropSingles: false) : null,
        };
    }

    /// <summary>Reads one file.</summary>
    /// <param name="folder">The folder of its images.</param>
    /// <param name="json">The file.</param>
    /// <param name="facet">The facet of all images.</param>
    /// <param name="dropSingles">Whether identities with a single image are left out, as training does.</param>
    /// <returns>The set, by identity and then in the annotations' order.</returns>
    /// <exception cref="InvalidDataException">The file has not this form.</exception>
    public static ImageSet ReadSet(string folder, string json, string facet, bool dropSingles)
    {
        SortedDictionary<long, List<string>> pairs = [];
        List<string> skipped = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8File.ReadBytes(json));
            ReadPairs(document.RootElement, pairs, skipped);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{json}' is no COCO-like annotation file: {exception.Message}", exception);
        }

        string[] singles = [.. pairs.Where(pair => dropSingles && pair.Value.Count < 2)
            .Select(pair => $"pair {pair.Key}: a single image")];
        return new ImageSet
        {
            Name = json,
            Files = new DiskFiles(folder),
            Skipped = [.. skipped, .. singles],
            Images = [.. pairs.Where(pair => !dropSingles || pair.Value.Count > 1)
                .SelectMany(pair => pair.Value.Select(name => new DataImage
                {
                    Path = name, Identity = pair.Key.ToString(CultureInfo.InvariantCulture), Facet = facet,
                }))],
        };
    }

    private static string Beside(string trainJson, string part)
    {
        string name = Path.GetFileName(trainJson).Replace("train", part, StringComparison.Ordinal);
        string beside = Path.Join(Path.GetDirectoryName(trainJson), name);
        return File.Exists(beside) && beside != trainJson
            ? beside
            : trainJson.Replace("train", part, StringComparison.Ordinal);
    }

    private static void ReadPairs(
        JsonElement root, SortedDictionary<long, List<string>> pairs, List<string> skipped)
    {
        Dictionary<long, string> names = [];
        foreach ((JsonElement image, int place) in List(root, "images"))
        {
            string? name = Property(image, "file_name", "images", place).GetString();
            names[Number(image, "id", "images", place)] = !string.IsNullOrEmpty(name)
                ? name
                : throw new FormatException($"images[{place}].file_name is empty.");
        }

        foreach ((JsonElement annotation, int place) in List(root, "annotations"))
        {
            long image = Number(annotation, "image_id", "annotations", place);
            long pair = Number(annotation, "pair_id", "annotations", place);
            if (!names.TryGetValue(image, out string? name))
            {
                skipped.Add($"annotation of image {image}: there is no such image");
                continue;
            }

            if (!pairs.TryGetValue(pair, out List<string>? members))
            {
                pairs[pair] = members = [];
            }

            members.Add(name);
        }
    }

    private static IEnumerable<(JsonElement Item, int Place)> List(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement list)
            && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((item, place) => (item, place))
            : throw new FormatException($"it has no list '{name}'.");

    private static JsonElement Property(JsonElement item, string name, string list, int place) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value)
            ? value
            : throw new FormatException($"{list}[{place}] has no {name}.");

    private static long Number(JsonElement item, string name, string list, int place)
    {
        JsonElement value = Property(item, name, list, place);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : throw new FormatException($"{list}[{place}].{name} is {value.GetRawText()}, not a whole number.");
    }
}

using System.Globalization;
using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>
/// COCO-like JSON as used for DeepFashion and Street2Shop: <c>images</c> with <c>id</c> and <c>file_name</c>,
/// <c>annotations</c> with <c>image_id</c> and <c>pair_id</c>, the identity. The query's and the gallery's file are the
/// train file's path with "train" replaced.
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
        string query = trainJson.Replace("train", "query", StringComparison.Ordinal);
        string gallery = trainJson.Replace("train", "gallery", StringComparison.Ordinal);
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
            using FileStream stream = File.OpenRead(json);
            using JsonDocument document = JsonDocument.Parse(stream);
            Dictionary<long, string> names = [];
            foreach (JsonElement image in document.RootElement.GetProperty("images").EnumerateArray())
            {
                names[image.GetProperty("id").GetInt64()] = image.GetProperty("file_name").GetString()!;
            }

            foreach (JsonElement annotation in document.RootElement.GetProperty("annotations").EnumerateArray())
            {
                long image = annotation.GetProperty("image_id").GetInt64();
                long pair = annotation.GetProperty("pair_id").GetInt64();
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
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
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
}

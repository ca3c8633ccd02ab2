using System.Globalization;

namespace OrleansGallery.Offline;

/// <summary>
/// Street2Shop from its download: <c>meta/json/{train,test}_pairs_CATEGORY.json</c> and
/// <c>meta/json/retrieval_CATEGORY.json</c> of eleven categories, and photos named by their numbers. An identity is a
/// product of a category. Train: the street photos of the train pairs, cut by their boxes, and all shop photos of their
/// products; query: the street photos of the test pairs; gallery: the shop photos of all other products.
/// </summary>
internal static class Street2Shop
{
    private static readonly string[] Categories =
    [
        "bags", "belts", "dresses", "eyewear", "footwear", "hats", "leggings", "outerwear", "pants", "skirts", "tops",
    ];

    private static readonly string[] MetaFolders = ["meta/json", "json", "."];
    private static readonly string[] PhotoFolders = ["images", "photos"];

    /// <summary>Reads the lists, and looks which photos are there.</summary>
    /// <param name="root">The download's folder.</param>
    /// <param name="options">The images' size, and where the photos are.</param>
    /// <exception cref="InvalidDataException">A list is malformed.</exception>
    /// <exception cref="IOException">A list or the photos' folder is missing.</exception>
    public static ConversionPlan Plan(string root, ConversionOptions options)
    {
        string meta = MetaFolder(root);
        Dictionary<long, string> files = PhotoFiles(options.Photos ?? PhotoFolder(root));
        StreetCategory[] categories = [.. Categories.Select(name => StreetCategory.Read(meta, name))];
        List<PlannedImage> images = [];
        long pair = 0;
        foreach (StreetCategory category in categories)
        {
            images.AddRange(category.Plan(pair, files));
            pair += category.Products.Count;
        }

        StreetPhoto[] street = [.. categories.SelectMany(category => category.Train.Concat(category.Test))];
        StreetPhoto[] shop = [.. categories.SelectMany(category => category.Shop)];
        int small = categories.Sum(category => category.BoxesWithoutArea);
        return new ConversionPlan
        {
            What = FormattableString.Invariant($"street2shop, {options.Width} x {options.Height}"),
            Width = options.Width,
            Height = options.Height,
            Images = images,
            Counts =
            [
                new DataSetCount("street photos", street.Select(row => row.Photo).Distinct().Count(), 20_357),
                new DataSetCount("shop photos", shop.Select(row => row.Photo).Distinct().Count(), 404_683),
                new DataSetCount("pairs", street.Length, 39_479),
                new DataSetCount("products", pair, null),
            ],
            Notes = small == 0
                ? []
                : [FormattableString.Invariant($"{small} pairs have a box without area and take no part.")],
        };
    }

    private static string MetaFolder(string root)
    {
        string folder = MetaFolders.Select(name => Path.Combine(root, name)).FirstOrDefault(
            path => Directory.Exists(path) && Directory.EnumerateFiles(path, "train_pairs_*.json").Any())
            ?? throw new DirectoryNotFoundException(
                $"'{root}' has no meta/json/train_pairs_CATEGORY.json; they come with the download's meta.zip.");
        string[] missing = [.. Categories.SelectMany(StreetCategory.FilesOf)
            .Where(name => !File.Exists(Path.Combine(folder, name)))];
        return missing.Length == 0
            ? folder
            : throw new FileNotFoundException(
                $"'{folder}' has no {string.Join(", ", missing)}; extract meta.zip again.");
    }

    private static string PhotoFolder(string root) =>
        PhotoFolders.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists)
        ?? throw new DirectoryNotFoundException(
            $"'{root}' has no folder {string.Join(" or ", PhotoFolders)}; name the photos' folder with --images.");

    // 000000017.jpg or 17.jpeg, in whatever folder below.
    private static Dictionary<long, string> PhotoFiles(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        }

        Dictionary<long, string> files = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            if (long.TryParse(
                Path.GetFileNameWithoutExtension(file),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out long photo))
            {
                files.TryAdd(photo, file);
            }
        }

        return files;
    }
}

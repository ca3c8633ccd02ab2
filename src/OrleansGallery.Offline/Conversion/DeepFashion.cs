namespace OrleansGallery.Offline;

/// <summary>
/// DeepFashion's consumer-to-shop benchmark from its download: <c>Anno/list_bbox_consumer2shop.txt</c>,
/// <c>Eval/list_eval_partition.txt</c> and the images, as published and, where they are there, in high resolution.
/// An identity is an item's folder. Train: all images of the pairs so marked; query: the customers' of the test pairs;
/// gallery: the shops' of the test and the validation pairs.
/// </summary>
internal static class DeepFashion
{
    private const string Prefix = "img/";

    private static readonly string[] LowFolders = ["img_low_res", "img", "Img/img", "Img/img_low_res"];
    private static readonly string[] HighFolders = ["img_highres", "Img/img_highres"];

    /// <summary>Reads the lists.</summary>
    /// <param name="root">The download's folder.</param>
    /// <param name="options">The images' size, and how boxes are cut.</param>
    /// <exception cref="InvalidDataException">A list is malformed.</exception>
    /// <exception cref="IOException">A list or the images are missing.</exception>
    public static ConversionPlan Plan(string root, ConversionOptions options)
    {
        string boxFile = Require(root, "Anno/list_bbox_consumer2shop.txt", "list_bbox_consumer2shop.txt");
        string pairFile = Require(root, "Eval/list_eval_partition.txt", "list_eval_partition.txt");
        string low = LowFolders.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException(
                $"'{root}' has none of the folders {string.Join(", ", LowFolders)}: the images of img.zip, in whose "
                + "pixels the boxes are.");
        string? high = HighFolders.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists);
        Dictionary<string, DeepFashionBox> boxes = DeepFashionLists.ReadBoxes(boxFile);
        IReadOnlyList<DeepFashionPair> pairs = DeepFashionLists.ReadPairs(pairFile);
        Dictionary<string, int> items = boxes.Keys.Concat(pairs.SelectMany(pair => pair.Images)).Select(ItemOf)
            .Distinct().Order(StringComparer.Ordinal).Index()
            .ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        PlannedImage Image(string path, ConvertedPart part)
        {
            string rest = path[Prefix.Length..];
            DeepFashionBox? box = boxes.GetValueOrDefault(path);
            return new PlannedImage
            {
                Part = part,
                Pair = items[ItemOf(path)],
                IsShop = box?.IsShop ?? false,
                Source = box is null ? null : Path.Combine(high ?? low, rest),
                WhyNone = $"'{boxFile}' has no box of it",
                Label = path,
                Box = box?.BoxOf(options.ReferenceCompatible),
                BoxOf = high is null ? null : Path.Combine(low, rest),
                Name = Path.ChangeExtension(rest, ".jpg"),
            };
        }

        return new ConversionPlan
        {
            What = FormattableString.Invariant($"deepfashion, {options.Width} x {options.Height}")
                + (high is null ? string.Empty : ", high resolution")
                + (options.ReferenceCompatible ? ", boxes as the published script cuts them" : string.Empty),
            Width = options.Width,
            Height = options.Height,
            Images =
            [
                .. Parts(pairs, boxes).Distinct().Select(image => Image(image.Path, image.Part))
                    .OrderBy(image => image.Pair).ThenBy(image => image.Label, StringComparer.Ordinal),
            ],
            Counts =
            [
                new DataSetCount("images", boxes.Count, 239_557),
                new DataSetCount("items", boxes.Keys.Select(ItemOf).Distinct().Count(), 33_881),
                new DataSetCount("pairs", pairs.Count, 195_540),
            ],
            Notes = high is null
                ? [$"There is no {string.Join(" or ", HighFolders)}: images are cut from those of img.zip."]
                : [],
        };
    }

    private static IEnumerable<(string Path, ConvertedPart Part)> Parts(
        IReadOnlyList<DeepFashionPair> pairs, Dictionary<string, DeepFashionBox> boxes)
    {
        foreach (DeepFashionPair pair in pairs)
        {
            foreach (string image in pair.Images)
            {
                bool shop = boxes.TryGetValue(image, out DeepFashionBox? box) ? box.IsShop : image == pair.Shop;
                if (pair.Status == "train")
                {
                    yield return (image, ConvertedPart.Train);
                }
                else if (shop)
                {
                    yield return (image, ConvertedPart.Gallery);
                }
                else if (pair.Status == "test")
                {
                    yield return (image, ConvertedPart.Query);
                }
            }
        }
    }

    private static string ItemOf(string path) => path[..path.LastIndexOf('/')];

    private static string Require(string root, params string[] names) =>
        names.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"'{root}' has no {names[0]}; it comes with the download.");
}

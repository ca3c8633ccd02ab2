namespace OrleansGallery.Offline;

/// <summary>
/// A list of images, in CSV with a header line or as one JSON object a line: <c>path</c> and <c>identity</c>, and where
/// wanted <c>facet</c>, <c>takenAt</c>, <c>imageId</c>, <c>attributes</c> (an object of texts) and <c>split</c> (train,
/// query, gallery; train without it). Paths are relative to the file, with slashes or backslashes.
/// </summary>
public static class ManifestLayout
{
    private static readonly string[] Splits = ["train", "query", "gallery"];

    /// <summary>Reads the manifest.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The splits, in the file's order; query and gallery where they have images.</returns>
    /// <exception cref="InvalidDataException">A column or a field is missing or is none, or the text is not UTF-8; the
    /// message names the line.</exception>
    public static DataSplits Read(string file)
    {
        IReadOnlyList<string> lines = Utf8File.ReadLines(file);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Dictionary<string, List<DataImage>> images = Splits.ToDictionary(name => name, _ => new List<DataImage>());
        int number = 1;
        try
        {
            bool isJson = lines.FirstOrDefault(line => line.Length > 0)?.TrimStart().StartsWith('{') == true;
            Func<string, ManifestLine> read = isJson
                ? ManifestLine.OfJson
                : new ManifestColumns(lines.FirstOrDefault(string.Empty)).Read;
            foreach ((int place, string line) in lines.Index().Skip(isJson ? 0 : 1).Where(one => one.Item.Length > 0))
            {
                number = place + 1;
                ManifestLine image = read(line);
                SetOf(image, images, line).Add(ImageOf(image, folder));
            }
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{file}' line {number}: {exception.Message}", exception);
        }

        DiskFiles files = new(folder);
        ImageSet Set(string name) => new() { Name = $"{file} ({name})", Images = images[name], Files = files };
        return new DataSplits
        {
            Train = Set("train"),
            Query = images["query"].Count > 0 ? Set("query") : null,
            Gallery = images["gallery"].Count > 0 ? Set("gallery") : null,
        };
    }

    private static List<DataImage> SetOf(
        ManifestLine image, Dictionary<string, List<DataImage>> images, string line) =>
        !string.IsNullOrEmpty(image.Path) && !string.IsNullOrEmpty(image.Identity)
            && images.TryGetValue(image.Split ?? "train", out List<DataImage>? set)
                ? set
                : throw new FormatException(
                    $"path and identity must not be empty and split one of {string.Join(", ", Splits)}; it is "
                    + $"'{line}'.");

    private static DataImage ImageOf(ManifestLine image, string folder) => new()
    {
        Path = HerePath(image.Path!, folder),
        Identity = image.Identity!,
        Facet = image.Facet ?? string.Empty,
        TakenAt = image.Instant,
        ImageId = string.IsNullOrEmpty(image.ImageId) ? null : image.ImageId,
        Attributes = image.Attributes ?? DataImage.NoAttributes,
    };

    // A manifest written on Windows parts folders by backslashes; elsewhere one may be part of a name.
    private static string HerePath(string path, string folder) =>
        !path.Contains('\\', StringComparison.Ordinal) || File.Exists(Path.Combine(folder, path))
            ? path
            : path.Replace('\\', '/');
}

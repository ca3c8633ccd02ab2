using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Imaging;

namespace OrleansGallery.Offline;

/// <summary>
/// Market-1501 and DukeMTMC-reID: their images are used where they are; what is made is a manifest of the images that
/// take part, with identity, camera and part. Each image is decoded once to see that it can be.
/// </summary>
internal static class ReIdConversion
{
    /// <summary>Converts Market-1501.</summary>
    /// <param name="root">The folder of bounding_box_train, query and bounding_box_test, or the one above it.</param>
    /// <param name="options">Where to, and what is tolerated.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What there is now.</returns>
    /// <exception cref="InvalidDataException">A name has an identity or a camera that there is none of, too many images
    /// cannot be read, or the folder holds something else.</exception>
    /// <exception cref="IOException">A folder is missing, or a file cannot be written.</exception>
    public static ConversionResult Market1501(
        string root, ConversionOptions options, CancellationToken cancellationToken) =>
        Convert("market1501", ReIdLayout.Market1501, root, [12_936, 751, 3_368, 750, 15_913, 751], options,
            cancellationToken);

    /// <summary>Converts DukeMTMC-reID.</summary>
    /// <param name="root">The folder of bounding_box_train, query and bounding_box_test, or the one above it.</param>
    /// <param name="options">Where to, and what is tolerated.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What there is now.</returns>
    /// <exception cref="InvalidDataException">A name has an identity or a camera that there is none of, too many images
    /// cannot be read, or the folder holds something else.</exception>
    /// <exception cref="IOException">A folder is missing, or a file cannot be written.</exception>
    public static ConversionResult DukeMtmc(
        string root, ConversionOptions options, CancellationToken cancellationToken) =>
        Convert("dukemtmc", ReIdLayout.DukeMtmcReId, root, [16_522, 702, 2_228, 702, 17_661, 1_110], options,
            cancellationToken);

    private static ConversionResult Convert(
        string name,
        ReIdLayout layout,
        string root,
        long[] published,
        ConversionOptions options,
        CancellationToken cancellationToken)
    {
        using DataSplits splits = layout.Read(root);
        (ConvertedPart Part, ImageSet Set)[] parts =
        [
            (ConvertedPart.Train, splits.Train ?? throw Missing(root, "bounding_box_train")),
            (ConvertedPart.Query, splits.Query ?? throw Missing(root, "query")),
            (ConvertedPart.Gallery, splits.Gallery ?? throw Missing(root, "bounding_box_test")),
        ];
        if (parts.FirstOrDefault(part => part.Set.Images.Count == 0).Set is { } empty)
        {
            throw new InvalidDataException($"'{empty.Name}' has no image whose name tells identity and camera.");
        }

        (ConvertedPart Part, ImageSet Set, DataImage Image)[] all =
            [.. parts.SelectMany(part => part.Set.Images.Select(image => (part.Part, part.Set, image)))];
        ConversionFolder folder = ConversionFolder.Open(options.Folder, name, HashOf(all));
        string?[] failures = Failures(all, options, cancellationToken);
        folder.Judge(
            [.. all.Select((one, place) => (one.Part, one.Part.Word(), failures[place]))], options.MaxUnreadable);
        var good = all.Where((_, place) => failures[place] is null).ToArray();
        string manifest = Path.Combine(options.Folder, $"{name}.csv");
        WholeFile.Write(manifest, Encoding.UTF8.GetBytes(Manifest(good, options.Folder)));
        return new ConversionResult
        {
            What = name,
            File = manifest,
            Parts =
            [
                .. parts.Select(part => ConvertedCount.Of(
                    part.Part, good.Where(one => one.Part == part.Part).Select(one => one.Image.Identity))),
            ],
            Counts =
            [
                .. parts.SelectMany((part, place) => (DataSetCount[])
                [
                    new($"{part.Part.Word()} images", part.Set.Images.Count, published[2 * place]),
                    new(
                        $"{part.Part.Word()} identities",
                        part.Set.Images.Select(image => image.Identity).Distinct().Count(),
                        published[(2 * place) + 1]),
                ]),
            ],
            Unreadable = [.. failures.OfType<string>()],
            MadeBefore = 0,
            Notes = [.. parts.Where(part => part.Set.Skipped.Count > 0).Select(part =>
                $"{part.Set.Skipped.Count} files of '{part.Set.Name}' take no part, the first: "
                + $"{part.Set.Skipped[0]}.")],
        };
    }

    // Of the names, not of where they are: a download that was moved is the same.
    private static string HashOf(IEnumerable<(ConvertedPart Part, ImageSet Set, DataImage Image)> images) =>
        System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', images.Select(one => $"{one.Part.Word()}/{one.Image.Path}").Order(StringComparer.Ordinal)))));

    private static string?[] Failures(
        (ConvertedPart Part, ImageSet Set, DataImage Image)[] images,
        ConversionOptions options,
        CancellationToken cancellationToken)
    {
        IImageDecoder decoder = ImageDecoders.Create(ImageReader.Limits);
        string?[] failures = new string?[images.Length];
        Lock sync = new();
        int done = 0;
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken,
        };
        Parallel.For(0, images.Length, parallel, place =>
        {
            (_, ImageSet set, DataImage image) = images[place];
            try
            {
                decoder.Decode(set.Files.Read(image.Path));
            }
            catch (Exception exception) when (ImageReader.IsUnreadable(exception))
            {
                failures[place] = $"{Path.Combine(set.Name, image.Path)}: {exception.Message}";
            }

            lock (sync)
            {
                options.OnProgress(++done, images.Length);
            }
        });
        return failures;
    }

    private static string Manifest(
        IEnumerable<(ConvertedPart Part, ImageSet Set, DataImage Image)> images, string folder)
    {
        StringBuilder lines = new("path,identity,facet,split\n");
        foreach ((ConvertedPart part, ImageSet set, DataImage image) in images)
        {
            string path = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(set.Name));
            string quoted = $"{path}/{image.Path}".Replace("\"", "\"\"", StringComparison.Ordinal);
            lines.Append(CultureInfo.InvariantCulture, $"\"{quoted}\",{image.Identity},{image.Facet},{part.Word()}\n");
        }

        return lines.ToString();
    }

    private static DirectoryNotFoundException Missing(string root, string name) => new(
        $"'{root}' has no folder {name}; bounding_box_train, query and bounding_box_test come with the download.");
}

namespace OrleansGallery.Offline;

/// <summary>
/// One folder per identity: <c>D/&lt;identity&gt;/*</c>, or with splits <c>D/train/&lt;identity&gt;/*</c>,
/// <c>D/query/...</c> and <c>D/gallery/...</c>.
/// </summary>
public static class FolderLayout
{
    private static readonly string[] Extensions =
        [".jpg", ".jpeg", ".png", ".bmp", ".ppm", ".pgm", ".tif", ".tiff", ".webp", ".gif"];

    /// <summary>Reads the layout.</summary>
    /// <param name="root">The folder D.</param>
    /// <returns>The splits; query and gallery where both folders are there.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static DataSplits Read(string root)
    {
        string train = Path.Combine(root, "train");
        bool split = Directory.Exists(Path.Combine(root, "query")) && Directory.Exists(Path.Combine(root, "gallery"));
        return new DataSplits
        {
            Train = ReadSet(Directory.Exists(train) ? train : root),
            Query = split ? ReadSet(Path.Combine(root, "query")) : null,
            Gallery = split ? ReadSet(Path.Combine(root, "gallery")) : null,
        };
    }

    /// <summary>Reads one set.</summary>
    /// <param name="root">The folder of identities' folders.</param>
    /// <returns>The set, sorted by identity and path.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static ImageSet ReadSet(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"There is no folder '{root}'.");
        }

        EnumerationOptions visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        EnumerationOptions deep = new() { AttributesToSkip = visible.AttributesToSkip, RecurseSubdirectories = true };
        List<DataImage> images = [];
        List<string> empty = [];
        List<string> skipped = [];
        foreach (string folder in Directory.EnumerateDirectories(root, "*", visible).Order(StringComparer.Ordinal))
        {
            int before = images.Count;
            foreach (string file in Directory.EnumerateFiles(folder, "*", deep).Order(StringComparer.Ordinal))
            {
                string path = Path.GetRelativePath(root, file);
                if (Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                {
                    images.Add(new DataImage { Path = path, Identity = Path.GetFileName(folder) });
                }
                else
                {
                    skipped.Add($"{path}: not an image's extension");
                }
            }

            if (images.Count == before)
            {
                empty.Add(Path.GetFileName(folder));
            }
        }

        return new ImageSet
        {
            Name = root, Images = images, Files = new DiskFiles(root), EmptyIdentities = empty, Skipped = skipped,
        };
    }
}

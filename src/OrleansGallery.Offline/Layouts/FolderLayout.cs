namespace OrleansGallery.Offline;

/// <summary>
/// One folder per identity: <c>D/&lt;identity&gt;/**</c>, or with splits <c>D/train/&lt;identity&gt;/**</c>,
/// <c>D/query/...</c> and <c>D/gallery/...</c>.
/// </summary>
public static class FolderLayout
{
    /// <summary>Reads the layout.</summary>
    /// <param name="root">The folder D.</param>
    /// <param name="options">What is taken of it; null: everything but hidden and service files.</param>
    /// <returns>The splits; query and gallery where both folders are there, then train only from its own.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static DataSplits Read(string root, FolderOptions? options = null)
    {
        string train = Path.Combine(root, "train");
        bool split = Directory.Exists(Path.Combine(root, "query")) && Directory.Exists(Path.Combine(root, "gallery"));
        return new DataSplits
        {
            Train = Directory.Exists(train) ? ReadSet(train, options) : split ? null : ReadSet(root, options),
            Query = split ? ReadSet(Path.Combine(root, "query"), options) : null,
            Gallery = split ? ReadSet(Path.Combine(root, "gallery"), options) : null,
        };
    }

    /// <summary>Reads one set.</summary>
    /// <param name="root">The folder of identities' folders.</param>
    /// <param name="options">What is taken of it; null: everything but hidden and service files.</param>
    /// <returns>The set, sorted by identity and path.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static ImageSet ReadSet(string root, FolderOptions? options = null)
    {
        ImageFolder folder = ImageFolder.Scan(root, options);
        return new ImageSet
        {
            Name = root,
            Images =
            [
                .. folder.Images.Where(image => image.Identity is not null)
                    .Select(image => new DataImage { Path = image.Path, Identity = image.Identity! }),
            ],
            Files = new DiskFiles(root),
            EmptyIdentities = folder.EmptyIdentities,
            Skipped =
            [
                .. folder.LeftOut.Select(file => $"{file.Path}: {file.Reason}"),
                .. folder.Images.Where(image => image.Identity is null)
                    .Select(image => $"{image.Path}: it is in no identity's folder"),
            ],
            PassedOver = folder.DescribePassedOver(),
        };
    }
}

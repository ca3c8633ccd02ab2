namespace OrleansGallery.Offline;

/// <summary>
/// The images below a folder, found by one rule for every command: a file's content decides whether it is one, and the
/// first folder below the root says whose it is.
/// </summary>
public sealed class ImageFolder
{
    private const int Listed = 20;

    private ImageFolder(string root, FolderWalk walk)
    {
        (Root, Hidden, Filtered, LinksNotFollowed) = (root, walk.Hidden, walk.Filtered, walk.Links);
        (string Path, string? Reason)[] looked =
        [
            .. walk.Files.AsParallel().AsOrdered()
                .Select(path => (path, ImageFile.WhyNoImage(System.IO.Path.Combine(root, path)))),
        ];
        Images = [.. looked.Where(file => file.Reason is null)
            .Select(file => new FolderImage(file.Path, FirstFolder(file.Path)))];
        LeftOut = [.. walk.Closed, .. looked.Where(file => file.Reason is not null)
            .Select(file => new LeftOut(file.Path, file.Reason!))];
        HashSet<string> filled = [.. Images.Select(image => image.Identity).OfType<string>()];
        EmptyIdentities = [.. walk.TopFolders.Where(name => !filled.Contains(name))];
    }

    /// <summary>The folder as it was given.</summary>
    public string Root { get; }

    /// <summary>The images, folder by folder in ordinal order, in each its files first.</summary>
    public IReadOnlyList<FolderImage> Images { get; }

    /// <summary>Files that are no images or cannot be read, and folders that cannot be opened.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; }

    /// <summary>Folders right below the root without any image.</summary>
    public IReadOnlyList<string> EmptyIdentities { get; }

    /// <summary>How many hidden or service files and folders were passed over; a folder counts once.</summary>
    public int Hidden { get; }

    /// <summary>How many files the globs of <see cref="FolderOptions"/> left out.</summary>
    public int Filtered { get; }

    /// <summary>How many links to folders were not followed.</summary>
    public int LinksNotFollowed { get; }

    /// <summary>Looks through a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="options">What is taken; null: everything but hidden and service files.</param>
    /// <returns>What is there.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static ImageFolder Scan(string root, FolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return Directory.Exists(root)
            ? new ImageFolder(root, FolderWalk.Of(root, options ?? FolderOptions.Default))
            : throw new DirectoryNotFoundException($"There is no folder '{root}'.");
    }

    /// <summary>What was passed over, in words; null where nothing was.</summary>
    /// <returns>For example "3 hidden or service entries, 1 file by --include or --exclude left out".</returns>
    public string? DescribePassedOver()
    {
        string[] parts =
        [
            .. new[]
            {
                Count(Hidden, "hidden or service entry", "hidden or service entries"),
                Count(Filtered, "file by --include or --exclude", "files by --include or --exclude"),
                Count(LinksNotFollowed, "link to a folder", "links to folders"),
            }.OfType<string>(),
        ];
        return parts.Length == 0 ? null : $"{string.Join(", ", parts)} left out";
    }

    /// <summary>What was left out and why, a line each; of many the first ones.</summary>
    /// <returns>For example "anna/notes.txt: it is no image (it begins with 68656C6C), which is not read".</returns>
    public IReadOnlyList<string> DescribeLeftOut() =>
    [
        .. LeftOut.Take(Listed).Select(file => $"{file.Path}: {file.Reason}"),
        .. LeftOut.Count > Listed ? [$"and {LeftOut.Count - Listed} more"] : Array.Empty<string>(),
    ];

    private static string? Count(int count, string one, string many) =>
        count == 0 ? null : count == 1 ? $"1 {one}" : $"{count} {many}";

    private static string? FirstFolder(string path)
    {
        int end = path.IndexOf(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return end < 0 ? null : path[..end];
    }
}

namespace OrleansGallery.Offline;

/// <summary>The images that a path names: a file, or those below a folder.</summary>
public sealed record ImageFiles
{
    /// <summary>Paths that begin with what was given: folder by folder in ordinal order, in each its files
    /// first.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What was found below the folder; null: a single file was named.</summary>
    public ImageFolder? Folder { get; init; }

    /// <summary>What was not taken of the folder, by paths that begin as <see cref="Paths"/> do.</summary>
    public IEnumerable<LeftOut> LeftOut => Folder is { } folder
        ? folder.LeftOut.Select(file => file with { Path = Path.Combine(folder.Root, file.Path) })
        : [];

    /// <summary>Finds them.</summary>
    /// <param name="path">A file, which is taken whatever it is; or a folder, of which those files are taken whose
    /// content is an image's.</param>
    /// <param name="options">What is taken of a folder; null: everything but hidden and service files.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="IOException">There is nothing of this name, or no image in it.</exception>
    public static ImageFiles Find(string path, FolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            return new ImageFiles { Paths = [path] };
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        }

        ImageFolder folder = ImageFolder.Scan(path, options);
        if (folder.Images.Count == 0)
        {
            string[] reasons = [.. folder.DescribeLeftOut(), .. new[] { folder.DescribePassedOver() }.OfType<string>()];
            throw new FileNotFoundException(
                $"'{path}' has no image that can be read{(reasons.Length == 0 ? "." : ": ")}"
                + string.Join("; ", reasons),
                path);
        }

        return new ImageFiles
        {
            Paths = [.. folder.Images.Select(image => Path.Combine(path, image.Path))], Folder = folder,
        };
    }
}

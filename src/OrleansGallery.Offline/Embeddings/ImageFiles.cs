namespace OrleansGallery.Offline;

/// <summary>The images that a path names: a file, a folder's files, or those of its folders.</summary>
public static class ImageFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff",
    };

    /// <summary>Finds them.</summary>
    /// <param name="path">A file, whatever its extension; or a folder, of which files with an image's extension are
    /// taken.</param>
    /// <returns>Paths that begin with what was given: folder by folder in ordinal order, in each its files
    /// first.</returns>
    /// <exception cref="IOException">There is nothing of this name, or no image in it.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        }

        List<string> files = [];
        Add(path, files);
        return files.Count > 0
            ? files
            : throw new FileNotFoundException(
                $"'{path}' has no images ({string.Join(", ", Extensions.Order(StringComparer.Ordinal))}).", path);
    }

    private static void Add(string folder, List<string> files)
    {
        // Hidden files (.DS_Store and their like) are nobody's images; links to folders may lead in circles.
        EnumerationOptions visible = new()
        {
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        files.AddRange(Directory.EnumerateFiles(folder, "*", visible)
            .Where(file => Extensions.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal));
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", visible).Order(StringComparer.Ordinal))
        {
            if (new DirectoryInfo(inner).LinkTarget is null)
            {
                Add(inner, files);
            }
        }
    }
}

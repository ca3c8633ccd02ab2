using System.Runtime.CompilerServices;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>The files of a folder with one sub-folder per identity, in the order of their paths.</summary>
internal sealed class FolderImages : IIngestSource
{
    // Far above what the service takes; it only keeps a film that lies among the pictures out of memory.
    private const long MaxFileBytes = 64 * 1024 * 1024;

    private FolderImages(
        IReadOnlyList<IdentityFile> files, IReadOnlyList<string> strays, IReadOnlyList<(string, string)> closed) =>
        (Files, Strays, Closed) = (files, strays, closed);

    /// <summary>What is to be enrolled; an item's seq is its position here.</summary>
    public IReadOnlyList<IdentityFile> Files { get; }

    /// <summary>Files that are in no identity's folder.</summary>
    public IReadOnlyList<string> Strays { get; }

    /// <summary>Identities' folders that cannot be read to their end, with the reason.</summary>
    public IReadOnlyList<(string Folder, string Reason)> Closed { get; }

    /// <exception cref="IOException">The folder does not exist, or holds no file in a sub-folder.</exception>
    public static FolderImages Find(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"There is no folder '{root}'.");
        }

        // Hidden files (.DS_Store and their like) are nobody's images.
        EnumerationOptions visible = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        EnumerationOptions deep = new()
        {
            AttributesToSkip = visible.AttributesToSkip, RecurseSubdirectories = true, IgnoreInaccessible = false,
        };
        List<IdentityFile> files = [];
        List<(string, string)> closed = [];
        foreach (string folder in Directory.EnumerateDirectories(root, "*", visible).Order(StringComparer.Ordinal))
        {
            List<string> found = [];
            try
            {
                found.AddRange(Directory.EnumerateFiles(folder, "*", deep));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                closed.Add((folder, exception.Message));
            }

            files.AddRange(found.Order(StringComparer.Ordinal)
                .Select(file => new IdentityFile(Path.GetFileName(folder), file)));
        }

        return files.Count + closed.Count > 0
            ? new FolderImages(
                files, [.. Directory.EnumerateFiles(root, "*", visible).Order(StringComparer.Ordinal)], closed)
            : throw new DirectoryNotFoundException(
                $"'{root}' has no files in sub-folders; one folder per identity is expected.");
    }

    /// <inheritdoc/>
    public int Count => Files.Count;

    /// <inheritdoc/>
    public string NameOf(int place) => Files[place].Path;

    /// <inheritdoc/>
    public async IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet,
        Action<string, string> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < Files.Count; i++)
        {
            byte[] image;
            try
            {
                long length = new FileInfo(Files[i].Path).Length;
                if (length > MaxFileBytes)
                {
                    throw new IOException($"it has {length} bytes, too many for an image");
                }

                image = await File.ReadAllBytesAsync(Files[i].Path, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable(Files[i].Path, exception.Message);
                continue;
            }

            yield return new IngestItem { Seq = i, Identity = Files[i].Identity, Facet = facet, Image = image };
        }
    }
}

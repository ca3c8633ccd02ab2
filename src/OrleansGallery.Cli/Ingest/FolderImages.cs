using System.Runtime.CompilerServices;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>The images of a folder with one sub-folder per identity.</summary>
internal sealed class FolderImages : IIngestSource
{
    private readonly ImageFolder _folder;
    private readonly FolderImage[] _images;

    private FolderImages(ImageFolder folder)
    {
        _folder = folder;
        _images = [.. folder.Images.Where(image => image.Identity is not null)];
        LeftOut =
        [
            .. folder.Images.Where(image => image.Identity is null).Select(image => new IngestFailure
            {
                File = PathOf(image.Path), Code = "stray", Message = "it is in no identity's folder",
            }),
            .. folder.LeftOut.Select(file => new IngestFailure
            {
                File = PathOf(file.Path), Code = "unreadable", Message = file.Reason,
            }),
        ];
        Notes =
        [
            .. folder.EmptyIdentities.Select(name => $"'{name}' has no image"),
            .. new[] { folder.DescribePassedOver() }.OfType<string>(),
        ];
    }

    /// <inheritdoc/>
    public int Count => _images.Length;

    /// <inheritdoc/>
    public IReadOnlyList<IngestFailure> LeftOut { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <exception cref="IOException">The folder does not exist, or holds nothing in a sub-folder.</exception>
    public static FolderImages Find(string root, FolderOptions options)
    {
        FolderImages found = new(ImageFolder.Scan(root, options));
        return found.Count + found.LeftOut.Count(file => file.Code != "stray") > 0
            ? found
            : throw new DirectoryNotFoundException(
                $"'{root}' has no files in sub-folders; one folder per identity is expected."
                + (found._folder.DescribePassedOver() is { } passedOver ? $" {passedOver}." : string.Empty));
    }

    /// <inheritdoc/>
    public string NameOf(int place) => PathOf(_images[place].Path);

    /// <inheritdoc/>
    public async IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet,
        Action<string, string> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < _images.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] image;
            try
            {
                image = await Task.Run(() => ImageFile.Read(NameOf(i)), cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable(NameOf(i), exception.Message);
                continue;
            }

            yield return new IngestItem { Seq = i, Identity = _images[i].Identity!, Facet = facet, Image = image };
        }
    }

    private string PathOf(string path) => Path.Combine(_folder.Root, path);
}

using System.Runtime.CompilerServices;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>One part of a data set of a published form, or of a manifest, with its cameras as facets.</summary>
internal sealed class LayoutImages : IIngestSource
{
    private readonly ImageSet _set;

    private LayoutImages(ImageSet set)
    {
        _set = set;
        Notes =
        [
            $"Enrolling the {Figures.Count(set.Images.Count)} images of '{set.Name}'.",
            .. Listed(set.Skipped, "left out"),
            .. Listed(set.EmptyIdentities, "identities without an image"),
            .. new[] { set.PassedOver }.OfType<string>(),
        ];
    }

    /// <summary>The parts of a data set.</summary>
    public static string[] Splits { get; } = ["gallery", "query", "train"];

    /// <inheritdoc/>
    public int Count => _set.Images.Count;

    /// <summary>Nothing: what a layout passes over, junk for example, is none of its images.</summary>
    public IReadOnlyList<IngestFailure> LeftOut => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <param name="data">The data set.</param>
    /// <param name="split">One of <see cref="Splits"/>; null: the gallery, or everything where the data set has no
    /// parts.</param>
    /// <param name="folders">What is taken of its folders.</param>
    /// <exception cref="InvalidDataException">It has no such part.</exception>
    public static LayoutImages Open(DataOptions data, string? split, FolderOptions folders)
    {
        ImageSet set = SetOf(data, split, "gallery", folders);
        return set.Images.Count > 0
            ? new LayoutImages(set)
            : throw new InvalidDataException($"'{set.Name}' has no image.");
    }

    /// <summary>A part of a data set; its files are on disk, and nothing is open.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="split">One of <see cref="Splits"/>; null: the preferred one, or everything where the data set has
    /// no parts.</param>
    /// <param name="preferred">The part that is wanted where none is named.</param>
    /// <param name="folders">What is taken of its folders.</param>
    /// <exception cref="InvalidDataException">It has no such part.</exception>
    public static ImageSet SetOf(DataOptions data, string? split, string preferred, FolderOptions folders)
    {
        using DataSplits splits = DataSets.Open(data, string.Empty, side: 0, folders);
        bool hasParts = splits.Query is not null || splits.Gallery is not null;
        return (split ?? (hasParts ? preferred : string.Empty)) switch
        {
            "gallery" => splits.Gallery,
            "query" => splits.Query,
            "train" => splits.Train,
            _ => splits.Train ?? FolderItself(data, folders),
        } ?? throw new InvalidDataException($"'{data.Path}' has no {split ?? preferred} images.");
    }

    // One of a published data set's folders, named directly.
    private static ImageSet? FolderItself(DataOptions data, FolderOptions folders) => data.Source switch
    {
        DataSourceKind.Market1501 => ReIdLayout.Market1501.ReadSet(data.Path, folders),
        DataSourceKind.DukeMtmcReId => ReIdLayout.DukeMtmcReId.ReadSet(data.Path, folders),
        _ => null,
    };

    /// <inheritdoc/>
    public string NameOf(int place) => _set.Images[place].Path;

    /// <inheritdoc/>
    public async IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet,
        Action<string, string> unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < _set.Images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DataImage image = _set.Images[i];
            byte[] file;
            try
            {
                file = await Task.Run(() => _set.Files.Read(image.Path), cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                unreadable(NameOf(i), exception.Message);
                continue;
            }

            yield return new IngestItem
            {
                Seq = i,
                Identity = image.Identity,
                ImageId = image.ImageId,
                Facet = image.Facet.Length > 0 ? image.Facet : facet,
                TakenAt = image.TakenAt,
                Attributes = image.Attributes.Count > 0 ? image.Attributes : null,
                Image = file,
            };
        }
    }

    private static IEnumerable<string> Listed(IReadOnlyList<string> names, string what) =>
        names.Count == 0 ? [] : [Figures.Named(names, what)];
}

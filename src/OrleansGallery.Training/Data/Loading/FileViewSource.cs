using OrleansGallery.Drawing;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>A set's identities with at least two images, as something to train on.</summary>
internal sealed class FileViewSource : IViewSource
{
    private readonly ImageSet _set;
    private readonly ImageReader _reader;
    private readonly int[][] _places;

    /// <summary>Takes the identities in order of first appearance.</summary>
    /// <param name="set">The images.</param>
    /// <param name="reader">Reads them.</param>
    /// <param name="familyShare">Share of the identities drawn that are members of families; null, or where there
    /// are none or only such, to draw all as often.</param>
    public FileViewSource(ImageSet set, ImageReader reader, double? familyShare = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        (_set, _reader) = (set, reader);
        IReadOnlyList<(string Identity, int[] Places)> all = set.ByIdentity();
        LeftOut = [.. all.Where(item => item.Places.Length < 2).Select(item => item.Identity)];
        _places = [.. all.Where(item => item.Places.Length > 1).Select(item => item.Places)];
        IdentitySize[] identities =
            [.. _places.Select(places => new IdentitySize(places.Length, Family: set.Images[places[0]].Family))];
        Identities = familyShare is { } share ? Weighted(identities, share) : identities;
        ImageCount = _places.Sum(places => places.Length);
    }

    /// <summary>Identities that have one image only.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    public IReadOnlyList<IdentitySize> Identities { get; }

    public int ImageCount { get; }

    public string NameOf(SampledRow row) => _set.Images[_places[row.Identity][row.Image]].Path;

    public void Load(SampledRow row, IRandomNumbers random, Span<byte> destination) =>
        _reader.Read(_places[row.Identity][row.Image], destination);

    // Where one kind is absent, there is nothing to share.
    private static IdentitySize[] Weighted(IdentitySize[] identities, double share)
    {
        double members = identities.Count(identity => identity.Family is not null);
        double others = identities.Length - members;
        return members == 0 || others == 0
            ? identities
            : [.. identities.Select(identity => identity with
            {
                Weight = identity.Family is null ? (1 - share) / others : share / members,
            })];
    }
}

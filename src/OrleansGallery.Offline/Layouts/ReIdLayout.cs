using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansGallery.Offline;

/// <summary>
/// Market-1501 and DukeMTMC-reID: identity and camera are in the file's name, <c>0002_c1s1_000451_03.jpg</c>. Only
/// names count, not their folders' paths, and they are sorted.
/// </summary>
public sealed partial class ReIdLayout
{
    private const int MaxMarketIdentity = 1501;

    private ReIdLayout(string folder, int cameras, int maxIdentity, bool hasJunk)
    {
        (Folder, Cameras, MaxIdentity, HasJunk) = (folder, cameras, maxIdentity, hasJunk);
    }

    /// <summary>Market-1501: six cameras, identities to 1501, identity -1 is junk.</summary>
    public static ReIdLayout Market1501 { get; } = new("market1501", 6, MaxMarketIdentity, hasJunk: true);

    /// <summary>DukeMTMC-reID: eight cameras.</summary>
    public static ReIdLayout DukeMtmcReId { get; } = new("DukeMTMC-reID", 8, int.MaxValue, hasJunk: false);

    private string Folder { get; }

    private int Cameras { get; }

    private int MaxIdentity { get; }

    private bool HasJunk { get; }

    /// <summary>Reads those of the three folders that are there: a training needs one, an evaluation the two
    /// others.</summary>
    /// <param name="root">The folder that holds them, or the one above it.</param>
    /// <param name="options">What is taken of it; null: everything but hidden and service files.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="InvalidDataException">A name has an identity or a camera that there is none of.</exception>
    public DataSplits Read(string root, FolderOptions? options = null)
    {
        string inner = Path.Combine(root, Folder);
        string folder = Directory.Exists(inner) ? inner : root;
        return new DataSplits
        {
            Train = ReadWhere(Path.Combine(folder, "bounding_box_train"), options),
            Query = ReadWhere(Path.Combine(folder, "query"), options),
            Gallery = ReadWhere(Path.Combine(folder, "bounding_box_test"), options),
        };
    }

    /// <summary>Reads one folder.</summary>
    /// <param name="folder">The folder of the images; what lies in folders of it is skipped.</param>
    /// <param name="options">What is taken of it; null: everything but hidden and service files.</param>
    /// <returns>The set, sorted by file name.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A name has an identity or a camera that there is none of.</exception>
    public ImageSet ReadSet(string folder, FolderOptions? options = null)
    {
        ImageFolder found = ImageFolder.Scan(folder, options);
        List<DataImage> images = [];
        List<string> skipped = [.. found.LeftOut.Select(file => $"{file.Path}: {file.Reason}")];
        foreach (FolderImage file in found.Images)
        {
            if (file.Identity is not null)
            {
                skipped.Add($"{file.Path}: it is in a folder of its own");
            }
            else if (Parse(file.Path) is { } image)
            {
                images.Add(image);
            }
            else
            {
                skipped.Add($"{file.Path}: junk, or no identity and camera in its name");
            }
        }

        return new ImageSet
        {
            Name = folder,
            Images = images,
            Files = new DiskFiles(folder),
            Skipped = skipped,
            PassedOver = found.DescribePassedOver(),
        };
    }

    private ImageSet? ReadWhere(string folder, FolderOptions? options) =>
        Directory.Exists(folder) ? ReadSet(folder, options) : null;

    private DataImage? Parse(string name)
    {
        Match match = NamePattern().Match(name);
        if (!match.Success
            || !int.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out int identity))
        {
            return null;
        }

        // The whole number: of more digits than a number holds none is right.
        int camera = int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int read)
            ? read
            : int.MaxValue;
        bool junk = identity < 0 && HasJunk;
        if (!junk && (identity < 0 || identity > MaxIdentity || camera < 1 || camera > Cameras))
        {
            throw new InvalidDataException(
                $"'{name}' names identity {identity} and camera {match.Groups[2].Value}; {Folder} has identities from 0"
                + (MaxIdentity == int.MaxValue ? string.Empty : $" to {MaxIdentity}")
                + $" and cameras 1 to {Cameras}.");
        }

        return junk ? null : new DataImage
        {
            Path = name,
            Identity = identity.ToString("D4", CultureInfo.InvariantCulture),
            Facet = $"c{camera}",
        };
    }

    [GeneratedRegex(@"([-\d]+)_c(\d+)")]
    private static partial Regex NamePattern();
}

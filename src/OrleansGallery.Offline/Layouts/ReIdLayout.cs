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

    /// <summary>Reads the three folders.</summary>
    /// <param name="root">The folder that holds them, or the one above it.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="IOException">A folder is missing.</exception>
    public DataSplits Read(string root)
    {
        string inner = Path.Combine(root, Folder);
        string folder = Directory.Exists(inner) ? inner : root;
        return new DataSplits
        {
            Train = ReadSet(Path.Combine(folder, "bounding_box_train")),
            Query = ReadSet(Path.Combine(folder, "query")),
            Gallery = ReadSet(Path.Combine(folder, "bounding_box_test")),
        };
    }

    /// <summary>Reads one folder.</summary>
    /// <param name="folder">The folder of <c>.jpg</c> files.</param>
    /// <returns>The set, sorted by file name.</returns>
    /// <exception cref="IOException">There is no such folder.</exception>
    public ImageSet ReadSet(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        }

        List<DataImage> images = [];
        List<string> skipped = [];
        foreach (string name in Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!)
            .Where(name => name.EndsWith(".jpg", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (Parse(name) is { } image)
            {
                images.Add(image);
            }
            else
            {
                skipped.Add($"{name}: junk, or no identity and camera in its name");
            }
        }

        return new ImageSet { Name = folder, Images = images, Files = new DiskFiles(folder), Skipped = skipped };
    }

    private DataImage? Parse(string name)
    {
        Match match = NamePattern().Match(name);
        if (!match.Success
            || !int.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out int identity))
        {
            return null;
        }

        int camera = match.Groups[2].Value[0] - '0';
        bool junk = identity < 0 && HasJunk;
        if (!junk && (identity < 0 || identity > MaxIdentity || camera < 1 || camera > Cameras))
        {
            throw new InvalidDataException(
                $"'{name}' names identity {identity} and camera {camera}; {Folder} has identities from 0"
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

    [GeneratedRegex(@"([-\d]+)_c(\d)")]
    private static partial Regex NamePattern();
}

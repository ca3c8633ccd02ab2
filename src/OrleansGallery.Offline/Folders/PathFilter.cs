using Microsoft.Extensions.FileSystemGlobbing;

namespace OrleansGallery.Offline;

/// <summary>Which names and paths of a folder are somebody's images, and which are a system's own.</summary>
internal sealed class PathFilter
{
    // What storage boxes, desktops and archivers leave beside pictures: Synology, QNAP, Windows, macOS, ext4.
    private static readonly HashSet<string> ServiceNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "@eaDir", "@tmp", "@Recycle", "@Recently-Snapshot", "#recycle", "#snapshot", "$RECYCLE.BIN",
        "System Volume Information", "lost+found", "__MACOSX", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r",
    };

    private readonly Matcher? _include;
    private readonly Matcher? _exclude;
    private readonly HashSet<string> _named;

    public PathFilter(FolderOptions options)
    {
        _include = MatcherOf(options.Include);
        _exclude = MatcherOf(options.Exclude);
        _named = [.. options.Include.SelectMany(glob => glob.Split('/'))];
    }

    /// <summary>Whether a name is hidden or a service's, and no glob asks for it.</summary>
    public bool IsService(FileSystemInfo entry)
    {
        bool hidden = entry.Name.StartsWith('.')
            || (OperatingSystem.IsWindows()
                && (entry.Attributes & (FileAttributes.Hidden | FileAttributes.System)) != 0);
        return (hidden || ServiceNames.Contains(entry.Name)) && !_named.Contains(entry.Name);
    }

    /// <summary>Whether the globs take a file.</summary>
    /// <param name="path">Its path below the root.</param>
    public bool Takes(string path) =>
        _include?.Match("/", path).HasMatches != false && _exclude?.Match("/", path).HasMatches != true;

    private static Matcher? MatcherOf(IReadOnlyList<string> globs)
    {
        if (globs.Count == 0)
        {
            return null;
        }

        Matcher matcher = new(StringComparison.Ordinal);
        foreach (string glob in globs)
        {
            if (glob.Contains('/', StringComparison.Ordinal))
            {
                matcher.AddInclude(glob);
            }
            else
            {
                matcher.AddInclude($"**/{glob}").AddInclude($"**/{glob}/**");
            }
        }

        return matcher;
    }
}

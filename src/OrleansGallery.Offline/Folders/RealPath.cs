namespace OrleansGallery.Offline;

/// <summary>Where a path leads when every link in it is followed, so that one place has one name.</summary>
internal static class RealPath
{
    // What Linux allows; a link that leads to itself ends here.
    private const int MostLinks = 40;

    /// <summary>Resolves every part.</summary>
    /// <param name="path">A path; what is not there counts as no link.</param>
    public static string Of(string path)
    {
        int links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Resolves the last part of an entry whose folder is resolved.</summary>
    public static string Of(FileSystemInfo entry) =>
        entry.LinkTarget is null ? entry.FullName : Of(entry.FullName);

    private static string Resolve(string path, ref int links)
    {
        string real = Path.GetPathRoot(path)!;
        foreach (string part in path[real.Length..]
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            real = new FileInfo(next).LinkTarget is { } target && links++ < MostLinks
                ? Resolve(Path.GetFullPath(target, real), ref links)
                : next;
        }

        return real;
    }
}

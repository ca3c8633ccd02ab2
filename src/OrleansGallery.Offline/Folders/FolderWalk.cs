namespace OrleansGallery.Offline;

/// <summary>Lists the files below a folder; opens none of them.</summary>
internal sealed class FolderWalk
{
    private readonly PathFilter _filter;
    private readonly bool _follows;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<(FileSystemInfo Entry, string Path)> _links = [];
    private readonly List<string> _files = [];
    private readonly List<LeftOut> _closed = [];
    private readonly SortedSet<string> _top = new(StringComparer.Ordinal);

    private FolderWalk(FolderOptions options) =>
        (_filter, _follows) = (new PathFilter(options), options.FollowLinks);

    /// <summary>Paths below the root, folder by folder in ordinal order, in each its files first.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Folders that cannot be opened.</summary>
    public IReadOnlyList<LeftOut> Closed => _closed;

    /// <summary>Names of the folders right below the root.</summary>
    public IReadOnlyCollection<string> TopFolders => _top;

    public int Hidden { get; private set; }

    public int Filtered { get; private set; }

    public int Links { get; private set; }

    public static FolderWalk Of(string root, FolderOptions options)
    {
        FolderWalk walk = new(options);
        DirectoryInfo folder = new(RealPath.Of(root));
        walk._seen.Add(folder.FullName);
        walk.Add(folder, string.Empty, walk.Entries(folder));
        walk.FollowLinks();
        return walk;
    }

    // Links come last: what they lead to keeps its real place where that is below the root, and its identity with it.
    private void FollowLinks()
    {
        int real = _files.Count;
        for (int next = 0; next < _links.Count; next++)
        {
            (FileSystemInfo entry, string path) = _links[next];
            DirectoryInfo target = new(RealPath.Of(entry.FullName));
            if (_seen.Add(target.FullName))
            {
                Visit(target, path);
            }
        }

        if (_files.Count > real)
        {
            _files.Sort(InFolderOrder);
        }
    }

    private void Visit(DirectoryInfo folder, string path)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = Entries(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = path.Contains('\uFFFD', StringComparison.Ordinal)
                ? "its name is not UTF-8, so it cannot be opened"
                : exception.Message;
            _closed.Add(new LeftOut(path, reason));
            return;
        }

        Add(folder, path, entries);
    }

    private void Add(DirectoryInfo folder, string path, FileSystemInfo[] entries)
    {
        foreach (FileSystemInfo file in entries.Where(entry => entry is FileInfo))
        {
            AddFile(file, Path.Combine(path, file.Name));
        }

        foreach (DirectoryInfo inner in entries.OfType<DirectoryInfo>())
        {
            AddFolder(inner, Path.Combine(path, inner.Name));
        }
    }

    private void AddFile(FileSystemInfo file, string path)
    {
        if (!_filter.Takes(path))
        {
            Filtered++;
        }
        else if (!_follows || _seen.Add(RealPath.Of(file)))
        {
            _files.Add(path);
        }
    }

    private void AddFolder(DirectoryInfo folder, string path)
    {
        if (!path.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && (_follows || folder.LinkTarget is null))
        {
            _top.Add(path);
        }

        if (folder.LinkTarget is null)
        {
            if (_seen.Add(folder.FullName))
            {
                Visit(folder, path);
            }
        }
        else if (_follows)
        {
            _links.Add((folder, path));
        }
        else
        {
            Links++;
        }
    }

    private FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        FileSystemInfo[] all = [.. folder.EnumerateFileSystemInfos("*", new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false,
        })];
        FileSystemInfo[] seen = [.. all.Where(entry => !_filter.IsService(entry))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        Hidden += all.Length - seen.Length;
        return seen;
    }

    // Folder by folder, in each its files first.
    private static int InFolderOrder(string a, string b)
    {
        string[] one = a.Split(Path.DirectorySeparatorChar);
        string[] other = b.Split(Path.DirectorySeparatorChar);
        for (int level = 0; ; level++)
        {
            bool file = level == one.Length - 1;
            bool otherFile = level == other.Length - 1;
            if (file != otherFile)
            {
                return file ? -1 : 1;
            }

            int order = string.CompareOrdinal(one[level], other[level]);
            if (order != 0 || file)
            {
                return order;
            }
        }
    }
}

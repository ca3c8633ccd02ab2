namespace OrleansGallery.Offline;

/// <summary>Says whose images the paths of one set are: the one place where a path becomes an identity.</summary>
public sealed class IdentityNames
{
    // Of Unix and of Windows: files of paths travel.
    private static readonly char[] Separators = ['/', '\\'];

    private readonly IdentityRule _rule;
    private readonly char[] _separators;
    private readonly string[] _root;
    private readonly string? _single;

    private IdentityNames(IdentityRule rule, char[] separators, string[] root, string? single, string explanation) =>
        (_rule, _separators, _root, _single, Explanation) = (rule, separators, root, single, explanation);

    /// <summary>How identities were told, to be shown: "the first folder below 'photos'".</summary>
    public string Explanation { get; }

    /// <summary>Chooses the root that paths are seen from.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="paths">All paths of the set, with slashes or backslashes.</param>
    /// <param name="root">
    /// The folder whose folders are the identities, as the paths begin; null: the deepest one that all paths share.
    /// Where all lie in that very folder, it is the identity of them all, which <see cref="Explanation"/> says.
    /// </param>
    /// <returns>The names.</returns>
    public static IdentityNames Of(IdentityRule rule, IReadOnlyList<string> paths, string? root = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (rule != IdentityRule.Folder)
        {
            return new IdentityNames(rule, [], [], null, rule == IdentityRule.Prefix
                ? "the path before its last underscore"
                : "the names that the file holds");
        }

        if (root is not null)
        {
            char[] parting = WrittenWithSlashes(paths, root) ? ['/'] : Separators;
            return new IdentityNames(
                rule, parting, Split(root, parting), null, $"the first folder below '{root}'");
        }

        string[] common = CommonFolder(paths, Separators);
        string shown = $"'{string.Join('/', common)}/'";
        bool flat = common.Length > 0 && !IsVolume(common[^1])
            && paths.All(path => Split(path, Separators).Length == common.Length + 1);
        return flat
            ? new IdentityNames(rule, Separators, common, common[^1],
                $"all paths are in {shown}, taken as the one identity '{common[^1]}'; another root may be named")
            : new IdentityNames(rule, Separators, common, null, common.Length == 0
                ? "the first folder of each path"
                : $"the first folder below {shown}, which all paths share");
    }

    /// <summary>Whose image a path is.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The identity; null where the path does not say it.</returns>
    public string? IdentityOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _rule switch
        {
            IdentityRule.Name => path,
            IdentityRule.Prefix => PrefixOf(path),
            _ => _single ?? FolderOf(path),
        };
    }

    /// <summary>Groups rows by identity, in the order of first appearance.</summary>
    /// <param name="paths">One path per row.</param>
    /// <returns>Identities and their rows.</returns>
    /// <exception cref="InvalidDataException">A path does not say whose image it is.</exception>
    public IReadOnlyList<(string Identity, IReadOnlyList<int> Rows)> Group(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.Select((path, row) => (Identity: Require(path), Row: row))
            .GroupBy(item => item.Identity, item => item.Row, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<int>)[.. group]))];
    }

    /// <summary>Whose image a path is.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="InvalidDataException">The path does not say it.</exception>
    public string Require(string path) => IdentityOf(path) ?? throw new InvalidDataException($"'{path}' {WhyNone}.");

    /// <summary>Why a path says no identity, as the end of a sentence.</summary>
    public string WhyNone => _rule == IdentityRule.Prefix
        ? "has no underscore, so it is not known whose image it is"
        : _root.Length == 0 ? "is in no folder below one that all paths share, so it is not known whose image it is"
        : $"is in no folder below '{string.Join('/', _root)}/', so it is not known whose image it is";

    private string? FolderOf(string path)
    {
        string[] parts = Split(path, _separators);
        bool below = parts.Length > _root.Length + 1 && parts.AsSpan(0, _root.Length).SequenceEqual(_root);
        return below && (_root.Length > 0 || !IsVolume(parts[0])) ? parts[_root.Length] : null;
    }

    // What a rooted path begins with, which is nobody's folder: nothing, or a drive.
    private static bool IsVolume(string part) => part.Length == 0 || part is [_, ':'];

    // On Unix a backslash may be part of a name. There a slash follows the root, and another one the identity's folder;
    // in a path of Windows neither does.
    private static bool WrittenWithSlashes(IReadOnlyList<string> paths, string root) => paths.Any(path =>
        path.StartsWith(root, StringComparison.Ordinal)
        && (root.EndsWith('/') || path.AsSpan(root.Length).StartsWith('/'))
        && path.AsSpan(root.Length).TrimStart('/').Contains('/'));

    private static string? PrefixOf(string path)
    {
        int dot = path.LastIndexOf('.');
        string bare = dot > path.AsSpan().LastIndexOfAny('/', '\\') ? path[..dot] : path;
        int underscore = bare.LastIndexOf('_');
        return underscore > 0 ? bare[..underscore] : null;
    }

    private static string[] CommonFolder(IReadOnlyList<string> paths, char[] separators)
    {
        if (paths.Count == 0)
        {
            return [];
        }

        string[] common = Split(paths[0], separators)[..^1];
        foreach (string path in paths)
        {
            string[] parts = Split(path, separators)[..^1];
            common = common[..common.AsSpan().CommonPrefixLength(parts)];
        }

        return common;
    }

    // The parts of a path: '/a//b/./c' as '', 'a', 'b', 'c', so that a rooted path is not taken for a relative one.
    private static string[] Split(string path, char[] separators)
    {
        string[] parts = path.Split(separators);
        return [.. parts.Where((part, i) => i == 0 ? part != "." : part.Length > 0 && part != ".")];
    }
}

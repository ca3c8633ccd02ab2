namespace OrleansGallery.Offline;

/// <summary>Identities from paths, as the paper's inference scripts have them.</summary>
public static class IdentityRules
{
    /// <summary>Whose image it is.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="path">The image's path.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="InvalidDataException">The path has no folder, or no underscore.</exception>
    public static string IdentityOf(this IdentityRule rule, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return rule == IdentityRule.Folder ? FolderOf(path) : PrefixOf(path);
    }

    /// <summary>Groups rows by identity, in the order of first appearance.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="paths">One path per row.</param>
    /// <returns>Identities and their rows.</returns>
    /// <exception cref="InvalidDataException">A path does not say whose image it is.</exception>
    public static IReadOnlyList<(string Identity, IReadOnlyList<int> Rows)> Group(
        this IdentityRule rule, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        Dictionary<string, List<int>> rows = new(StringComparer.Ordinal);
        List<(string, IReadOnlyList<int>)> groups = [];
        for (int i = 0; i < paths.Count; i++)
        {
            string identity = rule.IdentityOf(paths[i]);
            if (!rows.TryGetValue(identity, out List<int>? own))
            {
                rows.Add(identity, own = []);
                groups.Add((identity, own));
            }

            own.Add(i);
        }

        return groups;
    }

    private static string FolderOf(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        string name = Path.GetFileName(folder) ?? string.Empty;
        return name.Length > 0
            ? name
            : throw new InvalidDataException($"'{path}' is in no folder, so it is not known whose image it is.");
    }

    private static string PrefixOf(string path)
    {
        string bare = Path.ChangeExtension(path, null);
        int underscore = bare.LastIndexOf('_');
        return underscore > 0
            ? bare[..underscore]
            : throw new InvalidDataException($"'{path}' has no underscore, so it is not known whose image it is.");
    }
}

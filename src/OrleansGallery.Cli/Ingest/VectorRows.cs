using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>Existing embeddings with the paths of their images, as <c>gallery embed</c> writes them.</summary>
internal sealed class VectorRows : IIngestSource
{
    private readonly EmbeddingSet _set;
    private readonly (int Row, string Identity)[] _rows;

    private VectorRows(EmbeddingSet set, IdentityNames names)
    {
        _set = set;
        (int Row, string? Identity)[] all = [.. set.Paths.Select((path, row) => (row, IdentityOf(path, names)))];
        _rows = [.. all.Where(item => item.Identity is not null).Select(item => (item.Row, item.Identity!))];
        LeftOut = [.. all.Where(item => item.Identity is null).Select(item => new IngestFailure
        {
            File = RowName(item.Row), Code = "stray", Message = $"it {names.WhyNone}",
        })];
        RefuseTwoOfOneId(set, names);
        int identities = _rows.Select(item => item.Identity).Distinct(StringComparer.Ordinal).Count();
        Notes = [$"Identities: {names.Explanation} ({Figures.Count(identities)})."];
    }

    /// <summary>The rules by which a path says whose image it is.</summary>
    public static string[] Rules { get; } = ["folder", "prefix", "name"];

    /// <inheritdoc/>
    public int Count => _rows.Length;

    /// <inheritdoc/>
    public IReadOnlyList<IngestFailure> LeftOut { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <param name="vectors">The file of the vectors, one per row.</param>
    /// <param name="paths">The file of the paths, or of the identities' names.</param>
    /// <param name="rule">One of <see cref="Rules"/>; null: name where the file is of centroids or no path has a
    /// folder, else folder.</param>
    /// <param name="root">The folder whose folders are the identities, as the paths begin; null: what
    /// <c>gallery embed</c> noted beside the paths, else the deepest folder that all paths share.</param>
    /// <exception cref="NpyException">A file is none, or they do not fit each other.</exception>
    public static VectorRows Read(string vectors, string paths, string? rule, string? root)
    {
        EmbeddingSet set = EmbeddingSet.Read(vectors, paths);
        EmbeddingOrigin? origin = EmbeddingOrigin.Read(Path.GetDirectoryName(paths) ?? string.Empty);
        IdentityRule named = rule switch
        {
            "folder" => IdentityRule.Folder,
            "prefix" => IdentityRule.Prefix,
            "name" => IdentityRule.Name,
            _ when origin?.Centroids is not null => IdentityRule.Name,
            _ => set.Paths.Any(path => path.AsSpan().ContainsAny('/', '\\')) ? IdentityRule.Folder : IdentityRule.Name,
        };
        return new VectorRows(set, IdentityNames.Of(named, set.Paths, root ?? origin?.Root));
    }

    /// <inheritdoc/>
    public string NameOf(int place) => RowName(_rows[place].Row);

    /// <inheritdoc/>
    public async IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet,
        Action<string, string> unreadable,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        for (int i = 0; i < _rows.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new IngestItem
            {
                Seq = i, Identity = _rows[i].Identity, Facet = facet, Vector = _set.Row(_rows[i].Row).ToArray(),
            };
        }
    }

    // Two identities that differ by their folders only would become one person.
    private void RefuseTwoOfOneId(EmbeddingSet set, IdentityNames names)
    {
        Dictionary<string, string> whole = new(StringComparer.Ordinal);
        foreach ((int row, string id) in _rows)
        {
            string identity = names.IdentityOf(set.Paths[row])!;
            if (!whole.TryAdd(id, identity) && whole[id] != identity)
            {
                throw new InvalidDataException(
                    $"'{whole[id]}' and '{identity}' are two identities whose id would be '{id}': give the identities "
                    + "themselves, with --identity name.");
            }
        }
    }

    // An id has no slash: of a prefix that is a path, the last part.
    private static string? IdentityOf(string path, IdentityNames names) =>
        names.IdentityOf(path) is { } identity ? identity[(identity.AsSpan().LastIndexOfAny('/', '\\') + 1)..] : null;

    private string RowName(int row) => $"row {row} ({_set.Paths[row]})";
}

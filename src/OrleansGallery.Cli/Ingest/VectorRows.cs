using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>Existing embeddings with the paths of their images, as <c>gallery embed</c> writes them.</summary>
internal sealed class VectorRows : IIngestSource
{
    private readonly EmbeddingSet _set;
    private readonly string[] _identities;

    /// <summary>The rules by which a path says whose image it is.</summary>
    public static string[] Rules { get; } = ["folder", "prefix", "name"];

    private VectorRows(EmbeddingSet set, string[] identities) => (_set, _identities) = (set, identities);

    /// <inheritdoc/>
    public int Count => _set.Count;

    /// <inheritdoc/>
    public IReadOnlyList<string> Strays => [];

    /// <inheritdoc/>
    public IReadOnlyList<(string Folder, string Reason)> Closed => [];

    /// <param name="vectors">The file of the vectors, one per row.</param>
    /// <param name="paths">The file of the paths, or of the identities' names.</param>
    /// <param name="rule">One of <see cref="Rules"/>; null: name where the file is of centroids or a path has no
    /// folder,
    /// else folder.</param>
    /// <exception cref="NpyException">A file is none, or they do not fit each other.</exception>
    /// <exception cref="InvalidDataException">A path does not say whose image it is.</exception>
    public static VectorRows Read(string vectors, string paths, string? rule)
    {
        EmbeddingSet set = EmbeddingSet.Read(vectors, paths);
        IdentityRule? named = rule switch
        {
            "folder" => IdentityRule.Folder,
            "prefix" => IdentityRule.Prefix,
            "name" => null,
            _ when EmbeddingOrigin.Read(Path.GetDirectoryName(paths) ?? string.Empty)?.Centroids is not null => null,
            _ => set.Paths.All(path => Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 })
                ? IdentityRule.Folder
                : null,
        };
        return new VectorRows(set, [.. set.Paths.Select(path => IdentityOf(path, named))]);
    }

    /// <inheritdoc/>
    public string NameOf(int place) => $"row {place} ({_set.Paths[place]})";

    /// <inheritdoc/>
    public async IAsyncEnumerable<IngestItem> ReadAsync(
        string? facet,
        Action<string, string> unreadable,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        for (int i = 0; i < _set.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new IngestItem
            {
                Seq = i, Identity = _identities[i], Facet = facet, Vector = _set.Row(i).ToArray(),
            };
        }
    }

    // An id has no slash: of a prefix that is a path, the last part.
    private static string IdentityOf(string path, IdentityRule? rule)
    {
        string identity = rule?.IdentityOf(path) ?? path;
        return identity[(identity.LastIndexOf('/') + 1)..];
    }
}

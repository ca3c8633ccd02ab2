using OrleansGallery.Retrieval;

namespace OrleansGallery.Testing;

/// <summary>The kinds of rows by name.</summary>
public static class RowSources
{
    private static readonly Dictionary<string, Func<int, int, int, IRowSource>> Kinds = new(StringComparer.Ordinal)
    {
        ["clustered"] = (seed, count, dimension) => new ClusteredRows(seed, count, dimension),
        ["relu"] = (seed, count, dimension) => new ReluRows(seed, count, dimension),
        ["uniform"] = (seed, count, dimension) => new UniformRows(seed, count, dimension),
        ["heavy-tails"] = (seed, count, dimension) => new HeavyTailRows(seed, count, dimension),
        ["near-duplicates"] = (seed, count, dimension) => new NearDuplicateRows(seed, count, dimension),
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>Rows of a kind.</summary>
    /// <param name="kind">One of <see cref="Names"/>.</param>
    /// <param name="seed">Another seed, other rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimension">The number of components.</param>
    public static IRowSource Create(string kind, int seed, int count, int dimension) =>
        Kinds[kind](seed, count, dimension);
}

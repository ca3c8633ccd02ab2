namespace OrleansGallery.Retrieval;

/// <summary>All queries of a job as the first stage reads them with one basis: codes one after the other.</summary>
internal sealed class ProjectedBatch
{
    private readonly ProjectedQuery[] _queries;
    private readonly sbyte[] _codes;

    public ProjectedBatch(SearchBasis basis, QueryProgress[] queries)
    {
        Basis = basis;
        _queries = Array.ConvertAll(queries, query => query.Codes!.For(basis));
        _codes = [.. _queries.SelectMany(query => query.Codes)];
    }

    public SearchBasis Basis { get; }

    public ProjectedQuery this[int query] => _queries[query];

    /// <summary>[count, rank].</summary>
    public ReadOnlySpan<sbyte> Codes(int query, int count) => _codes.AsSpan(query * Basis.Rank, count * Basis.Rank);
}

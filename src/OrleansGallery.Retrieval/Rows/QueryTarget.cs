namespace OrleansGallery.Retrieval;

/// <summary>Whom a query is a sample of: a row's identity, or, every fifth time, nobody in the gallery.</summary>
public static class QueryTarget
{
    /// <summary>Every so-manieth query belongs to nobody.</summary>
    public const int NobodyEvery = 5;

    /// <summary>The identity's number; that of its row, or one behind all rows.</summary>
    /// <param name="seed">The data's seed.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="query">The query, from 0.</param>
    public static long Of(int seed, int rows, int query) => query % NobodyEvery == NobodyEvery - 1
        ? (long)rows + query
        : (long)(new RandomBits(seed, RowPurpose.Target, query).Next() % (ulong)rows);
}

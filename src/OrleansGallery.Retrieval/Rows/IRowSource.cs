namespace OrleansGallery.Retrieval;

/// <summary>
/// Rows and queries of one shape. Each is made from its own number alone, so any thread may make any of them, in any
/// order, without anything being held.
/// </summary>
public interface IRowSource
{
    /// <summary>What the rows are, in one sentence.</summary>
    string Description { get; }

    /// <summary>The number of rows.</summary>
    int Count { get; }

    /// <summary>The number of components.</summary>
    int Dimension { get; }

    /// <summary>Writes a row.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="unit">D components; becomes a unit vector.</param>
    void WriteRow(int row, Span<float> unit);

    /// <summary>Writes a query.</summary>
    /// <param name="query">From 0.</param>
    /// <param name="unit">D components; becomes a unit vector.</param>
    void WriteQuery(int query, Span<float> unit);
}

using OrleansGallery.Retrieval;

namespace OrleansGallery.Testing;

/// <summary>Rows and queries uniform on the sphere: nothing for a bound to exploit.</summary>
/// <param name="seed">Another seed, other rows.</param>
/// <param name="count">The number of rows.</param>
/// <param name="dimension">The number of components.</param>
public sealed class UniformRows(int seed, int count, int dimension) : IRowSource
{
    /// <inheritdoc/>
    public string Description => "uniform on the sphere";

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public void WriteRow(int row, Span<float> unit) => Write(new(seed, RowPurpose.Row, row), unit);

    /// <inheritdoc/>
    public void WriteQuery(int query, Span<float> unit) => Write(new(seed, RowPurpose.Query, query), unit);

    private static void Write(RandomBits bits, Span<float> unit)
    {
        bits.FillNormal(unit);
        QueryVector.Normalize(unit, unit);
    }
}

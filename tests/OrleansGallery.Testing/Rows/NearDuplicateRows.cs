using OrleansGallery.Retrieval;

namespace OrleansGallery.Testing;

/// <summary>
/// Families of 64 rows around the rows of <see cref="ClusteredRows"/>: a quarter of each are copies to the bit, the
/// others differ by 1e-7, 1e-5 and 1e-3 of the length. The best ten of a query are ties and near-ties.
/// </summary>
public sealed class NearDuplicateRows : IRowSource
{
    /// <summary>The rows of a family.</summary>
    public const int FamilySize = 64;

    private const double QuerySpread = 0.1;

    private static readonly double[] Spreads = [0, 1e-7, 1e-5, 1e-3];

    private readonly int _seed;
    private readonly ClusteredRows _families;

    /// <summary>Draws the families.</summary>
    /// <param name="seed">Another seed, other rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimension">The number of components.</param>
    public NearDuplicateRows(int seed, int count, int dimension)
    {
        _seed = seed;
        Count = count;
        _families = new(seed, (count + FamilySize - 1) / FamilySize, dimension);
    }

    /// <inheritdoc/>
    public string Description => $"near-duplicates (families of {FamilySize}, a quarter of them equal to the bit)";

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Dimension => _families.Dimension;

    /// <summary>The family of a row. A family's rows lie far apart.</summary>
    /// <param name="row">From 0.</param>
    public int FamilyOf(int row) => row % _families.Count;

    /// <inheritdoc/>
    public void WriteRow(int row, Span<float> unit)
    {
        _families.WriteRow(FamilyOf(row), unit);
        Disturb(new(_seed, RowPurpose.Row, ~(long)row), Spreads[row / _families.Count % Spreads.Length], unit);
    }

    /// <inheritdoc/>
    public void WriteQuery(int query, Span<float> unit)
    {
        long family = QueryTarget.Of(_seed, _families.Count, query);
        if (family >= _families.Count)
        {
            _families.WriteQuery(query, unit);
            return;
        }

        _families.WriteRow((int)family, unit);
        Disturb(new(_seed, RowPurpose.Query, ~(long)query), QuerySpread, unit);
    }

    private static void Disturb(RandomBits bits, double spread, Span<float> unit)
    {
        if (spread > 0)
        {
            bits.AddNormal((float)(spread / Math.Sqrt(unit.Length)), unit);
            QueryVector.Normalize(unit, unit);
        }
    }
}

using System.Numerics.Tensors;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Testing;

/// <summary>
/// Rows in which a few components hold most of the energy: Student's t with 2 degrees of freedom (infinite variance)
/// under log-normal channel gains. One scale per row fits such rows badly.
/// </summary>
public sealed class HeavyTailRows : IRowSource
{
    private const float LogGainDeviation = 1f;
    private const float RowSpread = 0.25f;
    private const float QuerySpread = 0.5f;

    // Far in the tail; keeps components within what an embedding may hold.
    private const float Largest = 1000f;

    private readonly int _seed;
    private readonly float[] _gains;

    /// <summary>Draws the channels.</summary>
    /// <param name="seed">Another seed, other rows.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimension">The number of components.</param>
    public HeavyTailRows(int seed, int count, int dimension)
    {
        _seed = seed;
        Count = count;
        Dimension = dimension;
        _gains = new float[dimension];
        new RandomBits(seed, RowPurpose.Channels, 0).AddNormal(LogGainDeviation, _gains);
        TensorPrimitives.Exp(_gains, _gains);
    }

    /// <inheritdoc/>
    public string Description => "heavy tails (Student's t, 2 degrees of freedom, log-normal gains)";

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void WriteRow(int row, Span<float> unit) =>
        Write(row, new(_seed, RowPurpose.Row, row), RowSpread, unit);

    /// <inheritdoc/>
    public void WriteQuery(int query, Span<float> unit) =>
        Write(QueryTarget.Of(_seed, Count, query), new(_seed, RowPurpose.Query, query), QuerySpread, unit);

    private void Write(long identity, RandomBits sample, float spread, Span<float> unit)
    {
        unit.Clear();
        AddStudent(new(_seed, RowPurpose.Identity, identity), 1, unit);
        AddStudent(sample, spread, unit);
        TensorPrimitives.Multiply(unit, _gains, unit);
        TensorPrimitives.Clamp(unit, -Largest, Largest, unit);
        QueryVector.Normalize(unit, unit);
    }

    // A normal number over the root of an exponential one: t with 2 degrees of freedom.
    private static void AddStudent(RandomBits bits, float scale, Span<float> components)
    {
        Span<float> normal = stackalloc float[components.Length];
        bits.FillNormal(normal);
        for (int i = 0; i < components.Length; i++)
        {
            components[i] += scale * normal[i] / (float)Math.Sqrt(1e-12 - Math.Log(bits.NextDouble()));
        }
    }
}

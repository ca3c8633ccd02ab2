using System.Numerics.Tensors;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Rows;

/// <summary>The rows that search is measured on are what the reports say they are.</summary>
public sealed class RowSourceTests
{
    private const int Count = 1024;
    private const int Dimension = 256;

    public static TheoryData<string> Kinds => [.. RowSources.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_OfEveryKind_HaveLengthOne(string kind)
    {
        IRowSource source = RowSources.Create(kind, seed: 1, Count, Dimension);

        foreach (float[] vector in Vectors(source.WriteRow, 200).Concat(Vectors(source.WriteQuery, 200)))
        {
            Assert.Equal(1, CanonicalScore.Score(vector, vector), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_InAnyOrderOnAnyThread_AreTheSame(string kind)
    {
        IRowSource source = RowSources.Create(kind, seed: 1, Count, Dimension);
        float[][] inOrder = Vectors(source.WriteRow, Count);
        float[][] again = new float[Count][];
        IRowSource other = RowSources.Create(kind, seed: 1, Count, Dimension);
        Parallel.For(0, Count, i =>
        {
            int row = Count - 1 - i;
            other.WriteRow(row, again[row] = new float[Dimension]);
        });

        Assert.Equal(inOrder, again);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_OfAnotherSeed_AreOthers(string kind)
    {
        float[][] rows = Vectors(RowSources.Create(kind, seed: 1, Count, Dimension).WriteRow, 10);
        float[][] others = Vectors(RowSources.Create(kind, seed: 2, Count, Dimension).WriteRow, 10);

        Assert.All(rows.Zip(others), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Clustered_QueryAndItsRow_ScoreAsTheVariancesSay()
    {
        ClusteredRows source = new(seed: 1, Count, dimension: 512);
        double own = MeanOwnScore(source);

        // Latents 1 and noise 0.1 are shared; a sample adds 0.3 + 0.1, the mean of 4 a quarter of that.
        Assert.Equal(1.1 / Math.Sqrt(1.5 * 1.2), own, 0.02);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Queries_EveryFifth_BelongsToNobody(string kind)
    {
        IRowSource source = RowSources.Create(kind, seed: 1, Count, Dimension);

        Assert.All(Enumerable.Range(0, 100), query =>
            Assert.Equal(query % 5 == 4, QueryTarget.Of(1, source.Count, query) >= source.Count));
    }

    [Fact]
    public void Clustered_Groups_AreOfUnevenSize()
    {
        // Rows of one group share a quarter of their variance, of one subgroup 45 %.
        float[][] rows = Vectors(new ClusteredRows(seed: 1, Count, dimension: 512).WriteRow, Count, 512);
        int[] near = [.. rows.Select(row => rows.Count(other => TensorPrimitives.Dot(row, other) > 0.25f))];

        Assert.True(near.Max() > 8 * near.Order().ElementAt(Count / 4), $"{near.Max()} neighbours at most.");
    }

    [Fact]
    public void Relu_Rows_ArePositiveAndHalfMean()
    {
        float[][] rows = Vectors(new ReluRows(seed: 1, Count, Dimension).WriteRow, Count);
        float[] mean = new float[Dimension];
        foreach (float[] row in rows)
        {
            TensorPrimitives.MultiplyAdd(row, 1f / Count, mean, mean);
        }

        Assert.All(rows, row => Assert.True(TensorPrimitives.Min(row) >= 0));
        Assert.InRange(TensorPrimitives.SumOfSquares(mean), 0.4, 0.7);
    }

    [Fact]
    public void Uniform_ScoresOfStrangers_HaveVarianceOneOverDimension()
    {
        float[][] rows = Vectors(new UniformRows(seed: 1, Count, Dimension).WriteRow, Count);
        double variance = rows.Zip(rows.Skip(1), (a, b) => Math.Pow(TensorPrimitives.Dot(a, b), 2)).Average();

        Assert.Equal(1.0 / Dimension, variance, 0.2 / Dimension);
    }

    [Fact]
    public void HeavyTails_OneComponent_HoldsMuchOfARow()
    {
        float[][] rows = Vectors(new HeavyTailRows(seed: 1, Count, Dimension).WriteRow, Count);

        Assert.InRange(rows.Average(row => Math.Pow(TensorPrimitives.MaxMagnitude(row), 2)), 0.25, 0.75);
        Assert.True(MeanOwnScore(new HeavyTailRows(seed: 1, Count, Dimension)) > 0.7);
    }

    [Fact]
    public void NearDuplicates_AQuarterOfAFamily_IsEqualToTheBit()
    {
        NearDuplicateRows source = new(seed: 1, Count, Dimension);
        float[][] family = [.. Vectors(source.WriteRow, Count).Where((_, row) => source.FamilyOf(row) == 3)];

        Assert.Equal(NearDuplicateRows.FamilySize, family.Length);
        Assert.Equal(16, family.Count(row => row.SequenceEqual(family[0])));
        Assert.All(family, row => Assert.Equal(1, CanonicalScore.Score(row, family[0]), 1e-5));
    }

    [Fact]
    public void Normal_Numbers_HaveTheirMoments()
    {
        float[] values = new float[1 << 18];
        new RandomBits(1, RowPurpose.Row, 1).FillNormal(values);

        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => value * value), 0.01);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
    }

    [Fact]
    public void RowIds_OfAMillionRows_AreDistinct() =>
        Assert.Equal(1_000_000, Enumerable.Range(0, 1_000_000).Select(RowIds.Of).ToHashSet().Count);

    private static double MeanOwnScore(IRowSource source)
    {
        float[] row = new float[source.Dimension];
        float[] unit = new float[source.Dimension];
        return Enumerable.Range(0, 500).Where(query => query % 5 != 4).Average(query =>
        {
            source.WriteRow((int)QueryTarget.Of(1, source.Count, query), row);
            source.WriteQuery(query, unit);
            return CanonicalScore.Score(row, unit);
        });
    }

    private static float[][] Vectors(Action<int, Span<float>> write, int count, int dimension = Dimension) =>
        [.. Enumerable.Range(0, count).Select(number =>
        {
            float[] unit = new float[dimension];
            write(number, unit);
            return unit;
        })];
}

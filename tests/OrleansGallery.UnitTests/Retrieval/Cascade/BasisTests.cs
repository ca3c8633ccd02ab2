using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Cascade;

public sealed class BasisTests
{
    [Fact]
    public void Learn_RowsOfFewDirections_LeavesLittle()
    {
        const int Dimension = 160;
        Random random = new(41);
        float[] directions = Orthonormal.Random(12, Dimension, random);
        float[] sample =
            [.. Enumerable.Range(0, 3000).SelectMany(_ => InSpan(random, directions, 12, Dimension, 0.1f))];
        SearchBasis learned = BasisLearning.Learn(sample, Dimension, 7, CancellationToken.None)!;
        Assert.Equal(
            (7, Dimension, BasisLearning.RankFor(Dimension)), (learned.Version, learned.Dimension, learned.Rank));
        Assert.Equal(3000, learned.SampleRows);
        Assert.InRange(learned.SampleResidual, 0.002, 0.02); // 0.1^2 of noise, of which most is outside
        Assert.InRange(learned.Deviation, 1e-9, 1e-5);
        SearchBasis again = BasisLearning.Learn(sample, Dimension, 7, CancellationToken.None)!;
        Assert.Equal(learned.Values, again.Values);
    }

    [Fact]
    public void Learn_TooFewRowsOrDimensions_IsNoBasis()
    {
        Assert.Null(BasisLearning.Learn(TestVectors.Unit(new(1), 512), 512, 1, CancellationToken.None));
        Assert.Null(BasisLearning.Learn(new float[32 * 1000], 32, 1, CancellationToken.None));
    }

    [Fact]
    public void Learn_IdenticalRows_IsStillABasis()
    {
        float[] unit = TestVectors.Unit(new(43), 128);
        float[] sample = [.. Enumerable.Range(0, 500).SelectMany(_ => unit)];
        SearchBasis basis = BasisLearning.Learn(sample, 128, 1, CancellationToken.None)!;
        Assert.InRange(basis.SampleResidual, 0, 1e-5);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(768)]
    [InlineData(2048)]
    [InlineData(8192)]
    public void RankFor_ADimension_KeepsCodesBelowAThirdOfTheRows(int dimension)
    {
        int rank = BasisLearning.RankFor(dimension);
        Assert.True(rank + dimension + 20 <= 0.33 * 4 * dimension);
        Assert.InRange(rank, 16, 256);
        Assert.Equal(0, BasisLearning.RankFor(64));
    }

    [Fact]
    public void ReadAndWrite_ABasis_IsTheSame()
    {
        SearchBasis basis = new(5, 64, Orthonormal.Random(16, 64, new(45)), 1234, 0.25);
        byte[] bytes = BasisFile.Write(basis);
        SearchBasis read = BasisFile.Read(bytes);
        Assert.Equal(basis.Values, read.Values);
        Assert.Equal(
            (5, 64, 16, 1234, 0.25), (read.Version, read.Dimension, read.Rank, read.SampleRows, read.SampleResidual));
        for (int at = 0; at < bytes.Length; at += 97)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 4;
            Assert.Throws<InvalidDataException>(() => BasisFile.Read(damaged));
        }

        Assert.Throws<InvalidDataException>(() => BasisFile.Read(bytes.AsSpan(0, 100)));
        Assert.Throws<InvalidDataException>(() => BasisFile.Read([]));
    }

    [Fact]
    public void ShouldLearn_RowsAndDrift_Decide()
    {
        SearchBasis full = new(1, 128, Orthonormal.Random(16, 128, new(46)), BasisLearning.SampleRows, 0.2);
        SearchBasis small = new(1, 128, Orthonormal.Random(16, 128, new(46)), 5000, 0.2);
        Assert.False(BasisPolicy.ShouldLearn(128, 100, 100, null, 0));
        Assert.False(BasisPolicy.ShouldLearn(64, 1_000_000, 1_000_000, null, 0));
        Assert.True(BasisPolicy.ShouldLearn(128, 5000, 5000, null, 0));
        Assert.False(BasisPolicy.ShouldLearn(128, 1_000_000, 1_000_000, full, 0.25));
        Assert.True(BasisPolicy.ShouldLearn(128, 1_000_000, 1_000_000, full, 0.3));
        Assert.False(BasisPolicy.ShouldLearn(128, 30_000, 30_000, small, 0.2));
        Assert.True(BasisPolicy.ShouldLearn(128, 50_000, 50_000, small, 0.2));
        Assert.False(BasisPolicy.ShouldLearn(128, 50_000, 5000, small, 0.2));
        Assert.False(BasisPolicy.ShouldLearn(128, 50_000, 10, null, 0));
        Assert.True(BasisPolicy.ShouldLearn(128, 100, 100, null, 0, minRows: 64));
    }

    private static float[] InSpan(Random random, float[] directions, int count, int dimension, float noise)
    {
        float[] sum = new float[dimension];
        for (int i = 0; i < count; i++)
        {
            float share = random.NextSingle() - 0.5f;
            for (int j = 0; j < dimension; j++)
            {
                sum[j] += share * directions[(i * dimension) + j];
            }
        }

        float[] unit = QueryVector.Normalize(sum);
        float[] other = TestVectors.Unit(random, dimension);
        return QueryVector.Normalize([.. unit.Select((value, j) => value + (noise * other[j]))]);
    }
}

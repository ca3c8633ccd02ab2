using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class CanonicalScoreTests
{
    [Fact]
    public void Score_EveryDimension_HasTheSameBitsScalarAndVector()
    {
        Random random = new(9);
        for (int dimension = 1; dimension <= 2050; dimension++)
        {
            // Components of very different magnitude, so that the order of additions shows in the bits.
            float[] left = TestVectors.Embedding(random, dimension);
            float[] right = TestVectors.Embedding(random, dimension);
            left[random.Next(dimension)] *= 1000;
            right[random.Next(dimension)] = TestVectors.AnyComponent(random);

            long expected = Bits(CanonicalScore.ScoreScalar(left, right));
            Assert.Equal(expected, Bits(CanonicalScore.Score256(left, right)));
            Assert.Equal(expected, Bits(CanonicalScore.Score512(left, right)));
            Assert.Equal(expected, Bits(CanonicalScore.Score(left, right)));
            Assert.Equal(expected, Bits(CanonicalScore.Score(right, left)));
            Assert.Equal(expected, Bits(WrittenOut(left, right, fused: false)));
            Assert.Equal(expected, Bits(WrittenOut(left, right, fused: true)));
        }
    }

    [Fact]
    public void Score_LargeComponents_AddsLaneByLane()
    {
        // Lane 0 gets 2^54 and then 1, which it cannot hold; in plain order the 1 would be left over.
        const float Large = 1 << 27;
        float[] left = [Large, Large, 0, 0, 0, 0, 0, 0, 1];
        float[] right = [Large, -Large, 0, 0, 0, 0, 0, 0, 1];
        Assert.Equal(0, CanonicalScore.Score(left, right));
    }

    [Fact]
    public void Score_DifferentLengths_Throws()
    {
        Assert.Throws<ArgumentException>(() => CanonicalScore.Score([1], [1, 2]));
    }

    [Fact]
    public void SquaredLength_EveryDimension_HasTheBitsOfTheLanesWrittenOut()
    {
        Random random = new(11);
        for (int dimension = 1; dimension <= 300; dimension++)
        {
            double[] vector = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
            double[] lanes = new double[8];
            for (int i = 0; i < dimension; i++)
            {
                double square = vector[i] * vector[i];
                lanes[i % 8] += square;
            }

            Assert.Equal(Bits(Join(lanes)), Bits(UnitVector.SquaredLength(vector)));
        }
    }

    private static double WrittenOut(float[] left, float[] right, bool fused)
    {
        double[] lanes = new double[8];
        for (int i = 0; i < left.Length; i++)
        {
            lanes[i % 8] = fused
                ? Math.FusedMultiplyAdd(left[i], right[i], lanes[i % 8])
                : lanes[i % 8] + ((double)left[i] * right[i]);
        }

        return Join(lanes);
    }

    private static double Join(double[] lane) =>
        ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}

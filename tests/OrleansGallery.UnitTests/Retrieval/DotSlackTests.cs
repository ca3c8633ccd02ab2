using System.Numerics.Tensors;
using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class DotSlackTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(2048)]
    public void For_AnyUnitVectorsInAnyOrderOfAddition_CoversTheDifference(int dimension)
    {
        double slack = DotSlack.For(dimension);
        Random random = new(dimension);
        for (int i = 0; i < 200; i++)
        {
            float[] left = TestVectors.Unit(random, dimension);
            float[] right = random.Next(2) == 0
                ? TestVectors.Unit(random, dimension)
                : [.. left.Select(component => random.Next(8) == 0 ? -component : component)];
            double score = CanonicalScore.Score(left, right);
            Assert.InRange(TensorPrimitives.Dot<float>(left, right), score - slack, score + slack);

            // The worst order there is: one accumulator, products rounded; and the same fused.
            float sum = 0;
            float fused = 0;
            for (int j = 0; j < dimension; j++)
            {
                float product = left[j] * right[j];
                sum += product;
                fused = MathF.FusedMultiplyAdd(left[j], right[j], fused);
            }

            Assert.InRange(sum, score - slack, score + slack);
            Assert.InRange(fused, score - slack, score + slack);
        }
    }

    [Fact]
    public void For_ABadOrderOfAddition_ReachesATenthOfIt()
    {
        // Many additions that lose in the same direction. The slack is for the worst of all, so it is not tight here,
        // but a tenth of it would be too little.
        const int Dimension = 2048;
        float first = MathF.Sqrt(0.5f);
        float rest = MathF.Sqrt(0.5f / (Dimension - 1));
        float[] left = [first, .. Enumerable.Repeat(rest, Dimension - 1)];
        float worst = 0;
        for (int scale = 0; scale < 64; scale++)
        {
            float[] right = [first, .. Enumerable.Repeat(rest * (1 - (scale / 1024f)), Dimension - 1)];
            float sum = 0;
            for (int i = 0; i < Dimension; i++)
            {
                float product = left[i] * right[i];
                sum += product;
            }

            worst = Math.Max(worst, (float)Math.Abs(sum - CanonicalScore.Score(left, right)));
        }

        Assert.InRange(worst, DotSlack.For(Dimension) / 10, DotSlack.For(Dimension));
    }
}

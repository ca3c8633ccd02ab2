using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class QueryMeanTests
{
    [Fact]
    public void Combine_OneExample_IsItsUnitVector() =>
        Assert.Equal([0.6f, -0.8f], QueryMean.Combine([[3, -4]], [], 0.5)!);

    [Fact]
    public void Combine_LengthsOfTheExamples_DoNotCount()
    {
        Random random = new(5);
        float[] one = TestVectors.Embedding(random, 37);
        float[] other = TestVectors.Embedding(random, 37);
        Assert.Equal(
            QueryMean.Combine([one, other], [other], 0.25)!,
            QueryMean.Combine([Scaled(one, 8), other], [Scaled(other, 0.25f)], 0.25)!);
    }

    [Fact]
    public void Combine_AnyExamples_FollowsTheFormula()
    {
        Random random = new(6);
        for (int round = 0; round < 50; round++)
        {
            int dimension = random.Next(1, 70);
            float[][] positives = Examples(random, random.Next(1, 5), dimension);
            float[][] negatives = Examples(random, random.Next(0, 4), dimension);
            double weight = random.NextDouble();
            double[] expected = new double[dimension];
            for (int i = 0; i < dimension; i++)
            {
                expected[i] = positives.Average(example => Unit(example)[i])
                    - (negatives.Length == 0 ? 0 : weight * negatives.Average(example => Unit(example)[i]));
            }

            double length = Math.Sqrt(expected.Sum(component => component * component));
            float[] query = QueryMean.Combine(positives, negatives, weight)!;
            Assert.All(query, (component, i) => Assert.Equal(expected[i] / length, component, 1e-6));
        }
    }

    [Fact]
    public void Combine_ExamplesThatCancel_HaveNoDirection()
    {
        float[] any = TestVectors.Embedding(new Random(7), 129);
        Assert.Null(QueryMean.Combine([[1, 0], [-3, 0]], [], 0));
        Assert.Null(QueryMean.Combine([any], [Scaled(any, 3)], 1));
        Assert.NotNull(QueryMean.Combine([any], [any], 0.5));
    }

    [Theory]
    [InlineData(new float[] { 0, 0 }, EmbeddingFault.ZeroVector)]
    [InlineData(new float[] { 1, float.NaN }, EmbeddingFault.NotFinite)]
    [InlineData(new float[] { 1 }, EmbeddingFault.WrongDimension)]
    public void Combine_ExampleThatIsNoEmbedding_IsRefused(float[] bad, EmbeddingFault fault)
    {
        Assert.Equal(fault, Refused(() => QueryMean.Combine([[1, 0], bad], [], 0.5)));
        Assert.Equal(fault, Refused(() => QueryMean.Combine([[1, 0]], [bad], 0.5)));
    }

    private static EmbeddingFault Refused(Action combine) => Assert.Throws<EmbeddingException>(combine).Fault;

    private static float[][] Examples(Random random, int count, int dimension) =>
        [.. Enumerable.Range(0, count).Select(_ => TestVectors.Embedding(random, dimension))];

    private static double[] Unit(float[] example)
    {
        double length = Math.Sqrt(example.Sum(component => (double)component * component));
        return Array.ConvertAll(example, component => component / length);
    }

    private static float[] Scaled(float[] vector, float by) => Array.ConvertAll(vector, component => component * by);
}

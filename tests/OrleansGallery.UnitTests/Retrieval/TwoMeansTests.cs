using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class TwoMeansTests
{
    private const int Dimension = 24;

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(TwoMeans.MaxPaired)]
    [InlineData(TwoMeans.MaxPaired + 1)]
    public void Part_ImagesOfTwoIdentities_AreTheGroups(int images)
    {
        float[][] embeddings =
            [.. Enumerable.Range(0, images).Select(i => SyntheticVectors.Embedding(i % 3 == 1 ? 1 : 0, i, Dimension))];

        TwoGroups groups = TwoMeans.Part(embeddings)!;

        Assert.Equal(Enumerable.Range(0, images).Where(i => i % 3 != 1), groups.Larger);
        Assert.Equal(Enumerable.Range(0, images).Where(i => i % 3 == 1), groups.Smaller);
    }

    [Fact]
    public void Part_AnyImages_EachIsNearerToItsOwnGroupAndTheLengthsDoNotMatter()
    {
        Random random = new(7);
        float[][] embeddings = [.. Enumerable.Range(0, 60).Select(_ => TestVectors.Unit(random, Dimension))];

        TwoGroups groups = TwoMeans.Part(embeddings)!;

        float[] larger = MeanOf(embeddings, groups.Larger);
        float[] smaller = MeanOf(embeddings, groups.Smaller);
        Assert.Equal(60, groups.Larger.Concat(groups.Smaller).Distinct().Count());
        Assert.All(groups.Larger, i => Assert.True(
            CanonicalScore.Score(embeddings[i], larger) >= CanonicalScore.Score(embeddings[i], smaller)));
        Assert.All(groups.Smaller, i => Assert.True(
            CanonicalScore.Score(embeddings[i], smaller) >= CanonicalScore.Score(embeddings[i], larger)));
        float[][] longer = [.. embeddings.Select(embedding => Array.ConvertAll(embedding, x => 4 * x))];
        TwoGroups same = TwoMeans.Part(longer)!;
        Assert.Equal(groups.Smaller, same.Smaller);
    }

    [Fact]
    public void Part_ImagesOfOneDirection_AreNotParted()
    {
        float[] one = SyntheticVectors.Embedding(1, 1, Dimension);
        float[] longer = Array.ConvertAll(one, x => 2 * x);

        Assert.Null(TwoMeans.Part([]));
        Assert.Null(TwoMeans.Part([one]));
        Assert.Null(TwoMeans.Part([one, longer, one]));
    }

    [Fact]
    public void Part_TwoOpposites_AreOneEachAndTheFirstIsTheLarger()
    {
        float[] one = SyntheticVectors.Embedding(1, 1, Dimension);

        TwoGroups groups = TwoMeans.Part([one, Array.ConvertAll(one, x => -x)])!;

        Assert.Equal([0], groups.Larger);
        Assert.Equal([1], groups.Smaller);
    }

    [Fact]
    public void Part_ImagesOneDigitApart_AreTwoGroupsOfWhichNoneIsEmpty()
    {
        Random random = new(11);
        for (int run = 0; run < 200; run++)
        {
            float[] one = TestVectors.Unit(random, Dimension);
            float[] next = [.. one];
            int place = random.Next(Dimension);
            next[place] = MathF.BitIncrement(next[place]);
            if (QueryVector.Normalize(one).AsSpan().SequenceEqual(QueryVector.Normalize(next)))
            {
                continue;
            }

            TwoGroups groups = TwoMeans.Part([one, one, next, one])!;

            Assert.Equal([0, 1, 3], groups.Larger);
            Assert.Equal([2], groups.Smaller);
        }
    }

    [Fact]
    public void Part_NearlyTheSameImages_AreNeverAnEmptyGroup()
    {
        Random random = new(13);
        for (int run = 0; run < 50; run++)
        {
            float[] one = TestVectors.Unit(random, Dimension);
            float[][] embeddings = [.. Enumerable.Range(0, 12).Select(_ =>
                Array.ConvertAll(one, x => x * (1 + (1e-6f * ((2 * random.NextSingle()) - 1)))))];

            TwoGroups groups = TwoMeans.Part(embeddings)!;

            Assert.NotEmpty(groups.Smaller);
            Assert.Equal(12, groups.Larger.Concat(groups.Smaller).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(29)]
    public void SquaredDistance_AnyLength_IsTheDefinition(int dimension)
    {
        Random random = new(dimension);
        float[] one = [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle())];
        float[] other = [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle())];
        double[] lanes = new double[8];
        for (int i = 0; i < dimension; i++)
        {
            double difference = (double)one[i] - other[i];
            lanes[i % 8] += difference * difference;
        }

        Assert.Equal(CanonicalScore.Join(lanes), SquaredDistance.Of(one, other));
        Assert.Equal(0, SquaredDistance.Of(one, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => SquaredDistance.Of(one, []));
    }

    private static float[] MeanOf(float[][] embeddings, IReadOnlyList<int> group)
    {
        IdentityCentroid sum = new(Dimension);
        foreach (int i in group)
        {
            sum.Add(string.Empty, embeddings[i]);
        }

        float[] centroid = new float[Dimension];
        Assert.True(sum.TryGetCentroid(centroid));
        return centroid;
    }
}

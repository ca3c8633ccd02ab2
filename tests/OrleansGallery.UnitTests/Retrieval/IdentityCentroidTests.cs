using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class IdentityCentroidTests
{
    private const int Dimension = 5;

    private static readonly string[] FacetNames = ["", "c1", "c2", "C1", "é", "\U0001F600", "\uE000"];

    [Fact]
    public void Changes_AnyOrderOfAddRemoveMergeAndSubtract_GiveTheSameStateAndHash()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            (string Facet, float[] Embedding)[] kept = Images(random);
            (string Facet, float[] Embedding)[] passing = Images(random);
            IdentityCentroid expected = Sum(kept);
            random.Shuffle(kept);
            int middle = random.Next(kept.Length + 1);
            IdentityCentroid actual = Sum(passing);
            actual.Merge(Sum(kept[middle..]));
            foreach ((string facet, float[] embedding) in kept[..middle])
            {
                actual.Add(facet, embedding);
            }

            random.Shuffle(passing);
            int split = random.Next(passing.Length + 1);
            actual.Subtract(Sum(passing[..split]));
            foreach ((string facet, float[] embedding) in passing[split..])
            {
                actual.Remove(facet, embedding);
            }

            AssertSame(expected, actual);
        }
    }

    [Fact]
    public void Facets_AddedInAnyOrder_AreInOrdinalOrder()
    {
        IdentityCentroid identity = new(1);
        foreach (string facet in FacetNames.Reverse())
        {
            identity.Add(facet, [1]);
        }

        identity.Add("c2", [1]);
        Assert.Equal(
            ["", "C1", "c1", "c2", "é", "\U0001F600", "\uE000"], identity.Facets.Select(facet => facet.Facet));
        Assert.Equal(2, identity.Facets.Single(facet => facet.Facet == "c2").Count);
        Assert.Equal(8, identity.Count);
    }

    [Fact]
    public void Remove_LastImageOfFacet_LeavesNoFacet()
    {
        IdentityCentroid identity = Sum([("a", [1, 0, 0, 0, 0]), ("b", [0, 1, 0, 0, 0])]);
        identity.Remove("a", [1, 0, 0, 0, 0]);
        Assert.Null(identity.Find("a"));
        Assert.Equal([new FacetCount("b", 1)], identity.Facets);
        AssertSame(Sum([("b", [0, 1, 0, 0, 0])]), identity);
    }

    [Fact]
    public void TryGetCentroid_AnyImages_EqualsTheBatchMeanBitForBit()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            (string Facet, float[] Embedding)[] images = Images(random);
            float[] actual = new float[Dimension];
            Assert.True(Sum(images).TryGetCentroid(actual));
            Assert.Equal(BatchMean(images), actual);
            Assert.Equal(1, CanonicalScore.Score(actual, actual), 1e-6);
        }
    }

    [Fact]
    public void TryGetCentroidExcept_AFacet_EqualsTheMeanOfTheOthers()
    {
        Random random = new(5);
        (string Facet, float[] Embedding)[] images = Images(random);
        IdentityCentroid identity = Sum(images);
        foreach (string facet in FacetNames.Append("unknown"))
        {
            (string Facet, float[] Embedding)[] others = [.. images.Where(image => image.Facet != facet)];
            float[] actual = new float[Dimension];
            Assert.Equal(others.Length > 0, identity.TryGetCentroidExcept(facet, actual));
            Assert.Equal(others.Length > 0 ? BatchMean(others) : new float[Dimension], actual);
        }
    }

    [Fact]
    public void TryGetCentroid_NoImageOrZeroSum_HasNoDirection()
    {
        IdentityCentroid identity = new(2);
        float[] unit = [7, 7];
        Assert.False(identity.TryGetCentroid(unit));
        identity.Add("a", [1, -2]);
        identity.Add("b", [-1, 2]);
        Assert.False(identity.TryGetCentroid(unit));
        Assert.Equal([7, 7], unit);
        Assert.NotEqual(default, identity.ComputeHash("p"));
        Assert.True(identity.TryGetCentroidExcept("a", unit));
        Assert.False(Sum([("only", [1, 0, 0, 0, 0])]).TryGetCentroidExcept("only", new float[Dimension]));
        Assert.Throws<ArgumentException>(() => identity.TryGetCentroid(new float[3]));
    }

    [Fact]
    public void Add_AboveMaxImagesOverAllFacets_ChangesNothing()
    {
        IdentityCentroid identity = new(1);
        identity.Add("a", [1]);
        while (identity.Count < EmbeddingLimits.MaxImages / 2)
        {
            identity.Merge(identity);
        }

        IdentityCentroid half = new(1);
        half.Add("b", [4096]);
        while (half.Count < EmbeddingLimits.MaxImages / 2)
        {
            half.Merge(half);
        }

        identity.Merge(half);
        Assert.Equal(EmbeddingLimits.MaxImages, identity.Count);
        AssertRefused(EmbeddingFault.TooManyImages, identity, target => target.Add("c", [1]));
        AssertRefused(EmbeddingFault.TooManyImages, identity, target => target.Merge(half));
    }

    [Fact]
    public void Changes_ThatAreTheCallersError_ChangeNothing()
    {
        IdentityCentroid identity = Sum([("a", [1, 2, 3, 4, 5]), ("b", [5, 4, 3, 2, 1])]);
        AssertRefused(EmbeddingFault.NotFinite, identity, target => target.Add("new", [1, 2, float.NaN, 4, 5]));
        AssertRefused(EmbeddingFault.WrongDimension, identity, target => target.Add("a", [1]));
        AssertRefused(EmbeddingFault.NothingToRemove, identity, target => target.Remove("c", [1, 2, 3, 4, 5]));
        AssertRefused(EmbeddingFault.NothingToRemove, identity, target => target.Remove("a", [1, 2, 3, 4, 6]));
        AssertRefused(EmbeddingFault.WrongDimension, identity, target => target.Merge(new(4)));

        // The first facet could be subtracted, the second could not.
        AssertRefused(EmbeddingFault.NothingToRemove, identity, target => target.Subtract(
            Sum([("a", [1, 2, 3, 4, 5]), ("b", [1, 1, 1, 1, 1])])));
        AssertRefused(EmbeddingFault.NothingToRemove, identity, target => target.Subtract(
            Sum([("a", [1, 2, 3, 4, 5]), ("c", [5, 4, 3, 2, 1])])));
        identity.Subtract(identity);
        AssertSame(new(Dimension), identity);
    }

    [Fact]
    public void FromFacets_StoredState_GivesTheSameHash()
    {
        IdentityCentroid identity = Sum(Images(new(6)));
        IdentityCentroid loaded = IdentityCentroid.FromFacets(Dimension, identity.Facets.Reverse().Select(facet =>
        {
            RunningCentroid centroid = identity.Find(facet.Facet)!;
            byte[] sum = new byte[centroid.SumBytes];
            centroid.WriteSum(sum);
            return KeyValuePair.Create(facet.Facet, new RunningCentroid(facet.Count, sum));
        }).Append(KeyValuePair.Create("none", new RunningCentroid(Dimension))));
        AssertSame(identity, loaded);
        Assert.Throws<EmbeddingException>(
            () => IdentityCentroid.FromFacets(Dimension, [KeyValuePair.Create("", new RunningCentroid(4))]));
    }

    [Fact]
    public void Clone_ThenChanged_LeavesTheOriginal()
    {
        IdentityCentroid identity = Sum(Images(new(7)));
        Hash256 before = identity.ComputeHash("p");
        IdentityCentroid clone = identity.Clone();
        clone.Add("", [1, 1, 1, 1, 1]);
        Assert.Equal(before, identity.ComputeHash("p"));
        Assert.NotEqual(before, clone.ComputeHash("p"));
    }

    private static (string Facet, float[] Embedding)[] Images(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 15)).Select(
            _ => (FacetNames[random.Next(FacetNames.Length)], TestVectors.Embedding(random, Dimension)))];

    private static IdentityCentroid Sum((string Facet, float[] Embedding)[] images)
    {
        IdentityCentroid identity = new(Dimension);
        foreach ((string facet, float[] embedding) in images)
        {
            identity.Add(facet, embedding);
        }

        return identity;
    }

    // Dimension 5: each lane holds one square, joined as ((0+4)+2)+(1+3).
    private static float[] BatchMean((string Facet, float[] Embedding)[] images)
    {
        double[] mean = [.. Enumerable.Range(0, Dimension).Select(i =>
            (double)images.Sum(image => ScalarFixedPoint.FromSingle(image.Embedding[i])) / images.Length / (1 << 30))];
        double[] squares = [.. mean.Select(component => component * component)];
        double length = Math.Sqrt(((squares[0] + squares[4]) + squares[2]) + (squares[1] + squares[3]));
        return [.. mean.Select(component => (float)(component / length))];
    }

    private static void AssertSame(IdentityCentroid expected, IdentityCentroid actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Facets, actual.Facets);
        foreach (FacetCount facet in expected.Facets)
        {
            Assert.Equal(expected.Find(facet.Facet)!.Sum.ToArray(), actual.Find(facet.Facet)!.Sum.ToArray());
        }

        Assert.Equal(expected.ComputeHash("p42"), actual.ComputeHash("p42"));
    }

    private static void AssertRefused(EmbeddingFault fault, IdentityCentroid identity, Action<IdentityCentroid> change)
    {
        IdentityCentroid before = identity.Clone();
        Assert.Equal(fault, Assert.Throws<EmbeddingException>(() => change(identity)).Fault);
        AssertSame(before, identity);
    }
}

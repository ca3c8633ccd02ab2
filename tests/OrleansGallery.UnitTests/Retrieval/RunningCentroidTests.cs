using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class RunningCentroidTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    [InlineData(515)]
    public void Add_AnyEmbeddings_EqualsScalarOracle(int dimension)
    {
        Random random = new(dimension);
        RunningCentroid centroid = new(dimension);
        long[] expected = new long[dimension];
        for (int image = 0; image < 50; image++)
        {
            float[] embedding = new float[dimension];
            embedding.AsSpan().Fill(1);
            for (int i = random.Next(2); i < dimension; i++)
            {
                embedding[i] = TestVectors.AnyComponent(random);
            }

            embedding[0] = embedding[0] == 0 ? 1 : embedding[0];
            centroid.Add(embedding);
            ScalarFixedPoint.Add(embedding, expected);
            Assert.Equal(expected, centroid.Sum.ToArray());
            Assert.Equal(image + 1, centroid.Count);
        }
    }

    [Fact]
    public void AddAndRemove_AnyInterleaving_GivesTheSameBits()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            int dimension = random.Next(1, 600);
            float[][] kept = Embeddings(random, dimension);
            float[][] passing = Embeddings(random, dimension);
            RunningCentroid expected = Sum(dimension, kept);

            // A passing image's removal stands somewhere behind its arrival.
            List<(float[] Embedding, bool Add)> steps = [.. kept.Select(embedding => (embedding, true))];
            foreach (float[] embedding in passing)
            {
                int added = random.Next(steps.Count + 1);
                steps.Insert(added, (embedding, true));
                steps.Insert(random.Next(added + 1, steps.Count + 1), (embedding, false));
            }

            RunningCentroid actual = new(dimension);
            foreach ((float[] embedding, bool add) in steps)
            {
                if (add)
                {
                    actual.Add(embedding);
                }
                else
                {
                    actual.Remove(embedding);
                }
            }

            AssertSame(expected, actual);
        }
    }

    [Fact]
    public void Merge_AnyPermutationBatchesAndOrder_GivesTheSameBits()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            int dimension = random.Next(1, 300);
            float[][] embeddings = Embeddings(random, dimension);
            RunningCentroid expected = Sum(dimension, embeddings);

            random.Shuffle(embeddings);
            List<RunningCentroid> batches = [new(dimension)];
            foreach (float[] embedding in embeddings)
            {
                if (random.Next(3) == 0)
                {
                    batches.Add(new(dimension));
                }

                batches[^1].Add(embedding);
            }

            // Merge any two until one is left: any tree of merges.
            while (batches.Count > 1)
            {
                int from = random.Next(batches.Count);
                RunningCentroid batch = batches[from];
                batches.RemoveAt(from);
                batches[random.Next(batches.Count)].Merge(batch);
            }

            AssertSame(expected, batches[0]);
        }
    }

    [Fact]
    public void Subtract_WhatWasMerged_GivesBackTheSameBits()
    {
        Random random = new(3);
        RunningCentroid first = Sum(9, Embeddings(random, 9));
        RunningCentroid second = Sum(9, Embeddings(random, 9));
        RunningCentroid both = first.Clone();
        both.Merge(second);
        both.Subtract(first);
        AssertSame(second, both);
        both.Subtract(both);
        AssertSame(new(9), both);
        both.Merge(first);
        both.Merge(both);
        Assert.Equal(2 * first.Count, both.Count);
    }

    [Theory]
    [InlineData(4096f)]
    [InlineData(-4096f)]
    public void Merge_UpToTheLimits_NeverOverflows(float component)
    {
        RunningCentroid centroid = new(17);
        float[] embedding = [.. Enumerable.Repeat(component, 17)];
        centroid.Add(embedding);
        while (centroid.Count < EmbeddingLimits.MaxImages)
        {
            centroid.Merge(centroid);
        }

        long[] expected = [.. Enumerable.Repeat(Math.Sign(component) * (1L << 62), 17)];
        Assert.Equal(expected, centroid.Sum.ToArray());
        AssertRefused(EmbeddingFault.TooManyImages, centroid, target => target.Add(embedding));
        AssertRefused(EmbeddingFault.TooManyImages, centroid, target => target.Merge(target));
        centroid.Remove(embedding);
        centroid.Add(embedding);
        Assert.Equal(expected, centroid.Sum.ToArray());
        centroid.Subtract(centroid.Clone());
        AssertSame(new(17), centroid);
    }

    [Fact]
    public void AddOrRemove_BadEmbedding_ChangesNothing()
    {
        RunningCentroid centroid = Sum(3, [[1, 2, 3], [4, 5, 6]]);
        foreach (float bad in (float[])[float.NaN, float.NegativeInfinity, 4097])
        {
            EmbeddingFault fault = bad == 4097 ? EmbeddingFault.ComponentTooLarge : EmbeddingFault.NotFinite;
            AssertRefused(fault, centroid, target => target.Add([1, 2, bad]));
            AssertRefused(fault, centroid, target => target.Remove([1, 2, bad]));
        }

        AssertRefused(EmbeddingFault.ZeroVector, centroid, target => target.Add([0, 0, 0]));
        AssertRefused(EmbeddingFault.WrongDimension, centroid, target => target.Add([1, 2]));
        AssertRefused(EmbeddingFault.WrongDimension, centroid, target => target.Merge(new(4)));
        AssertRefused(EmbeddingFault.WrongDimension, centroid, target => target.Subtract(new(4)));
    }

    [Fact]
    public void Remove_WhatWasNeverAdded_ChangesNothing()
    {
        AssertRefused(EmbeddingFault.NothingToRemove, new(3), target => target.Remove([1, 2, 3]));

        // The last image leaves a sum of zero or was another one.
        RunningCentroid one = Sum(300, [Repeated(1, 300)]);
        AssertRefused(EmbeddingFault.NothingToRemove, one, target => target.Remove(Repeated(2, 300)));
        AssertRefused(EmbeddingFault.NothingToRemove, one, target => target.Subtract(Sum(300, [Repeated(2, 300)])));
        RunningCentroid two = Sum(300, [Repeated(1, 300), Repeated(2, 300)]);
        AssertRefused(EmbeddingFault.NothingToRemove, one, target => target.Subtract(two));

        // No image of components up to 4096 is left that could have made this sum.
        RunningCentroid large = Sum(300, [Repeated(4096, 300), Repeated(4096, 300)]);
        AssertRefused(EmbeddingFault.NothingToRemove, large, target => target.Remove(Repeated(-1, 300)));
    }

    [Fact]
    public void WriteSum_ReadBack_GivesTheSameState()
    {
        RunningCentroid centroid = Sum(5, Embeddings(new(4), 5));
        byte[] stored = new byte[centroid.SumBytes];
        centroid.WriteSum(stored);
        AssertSame(centroid, new(centroid.Count, stored));
        Assert.Equal(centroid.Sum[1], BitConverter.ToInt64(stored, 8));
    }

    [Fact]
    public void Constructor_StateThatCannotBe_Throws()
    {
        byte[] one = [1, 0, 0, 0, 0, 0, 0, 0];
        Assert.Throws<ArgumentException>(() => new RunningCentroid(0, one));
        Assert.Throws<ArgumentException>(() => new RunningCentroid(1, [.. one, 0]));
        Assert.Throws<ArgumentException>(() => new RunningCentroid(1, [0, 0, 0, 0, 0, 0, 0, 0x80]));
        Assert.ThrowsAny<ArgumentException>(() => new RunningCentroid(1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningCentroid(-1, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningCentroid((1 << 20) + 1, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningCentroid(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningCentroid(EmbeddingLimits.MaxDimension + 1));
    }

    private static float[][] Embeddings(Random random, int dimension) =>
        [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => TestVectors.Embedding(random, dimension))];

    private static float[] Repeated(float component, int dimension) => [.. Enumerable.Repeat(component, dimension)];

    private static RunningCentroid Sum(int dimension, float[][] embeddings)
    {
        RunningCentroid centroid = new(dimension);
        foreach (float[] embedding in embeddings)
        {
            centroid.Add(embedding);
        }

        return centroid;
    }

    private static void AssertSame(RunningCentroid expected, RunningCentroid actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Sum.ToArray(), actual.Sum.ToArray());
    }

    private static void AssertRefused(EmbeddingFault fault, RunningCentroid centroid, Action<RunningCentroid> change)
    {
        RunningCentroid before = centroid.Clone();
        Assert.Equal(fault, Assert.Throws<EmbeddingException>(() => change(centroid)).Fault);
        AssertSame(before, centroid);
    }
}

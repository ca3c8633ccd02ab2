using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Cascade;

/// <summary>Bounds against the canonical score, for rows and queries made to break them.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData(32, 16)]
    [InlineData(100, 24)]
    [InlineData(512, 128)]
    [InlineData(2048, 256)]
    [InlineData(512, 512)]
    public void Bounds_AnyRow_AreNotBelowTheScore(int dimension, int rank)
    {
        Random random = new(dimension + rank);
        for (int round = 0; round < 4; round++)
        {
            SearchBasis basis = Basis(random, dimension, rank, round);
            RowCoding coding = new(dimension, basis);
            ChunkCodes codes = new(coding, 64);
            RowEncoder encoder = new(coding);
            float[][] rows = [.. Enumerable.Range(0, 64).Select(i => Vector(random, basis, i))];
            for (int slot = 0; slot < rows.Length; slot++)
            {
                encoder.Encode(rows[slot], codes, slot);
            }

            for (int i = 0; i < 24; i++)
            {
                float[] query = i < 8 ? rows[i] : i < 12 ? Negated(rows[i]) : Vector(random, basis, i);
                AssertBounds(query, rows, basis, codes, dimension);
            }
        }
    }

    // Codes that are off by nearly half a step in every component, in the other vector's direction: the bound holds by
    // its term for that alone.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FirstStageBound_CodesOffInTheOthersDirection_HoldsByThatTerm(bool rowIsOff)
    {
        const int Dimension = 64;
        const int Rank = 16;
        float[] units = new float[Rank * Dimension];
        for (int i = 0; i < Rank; i++)
        {
            units[(i * Dimension) + i] = 1;
        }

        SearchBasis basis = new(1, Dimension, units, 0, 0);
        int steps = rowIsOff ? CascadeBounds.MaxCode : BlockKernel.MaxQueryCode;
        float[] off = new float[Dimension];
        float[] even = new float[Dimension];
        off[0] = steps;
        for (int i = 1; i < Rank; i++)
        {
            even[i] = i % 3 == 0 ? -1 : 1;
            off[i] = even[i] * 5.49f;
        }

        (off, even) = (QueryVector.Normalize(off), QueryVector.Normalize(even));
        (float[] row, float[] query) = rowIsOff ? (off, even) : (even, off);
        ChunkCodes codes = new(new(Dimension, basis), 32);
        new RowEncoder(codes.Coding).Encode(row, codes, 0);
        ProjectedQuery first = new(basis, query);
        int[] sums = new int[32];
        float[] bounds = new float[32];
        BlockKernel.Sum(codes.Block(0), first.Codes, sums);
        BlockBounds.Compute(codes, 0, first, sums, bounds);
        double score = CanonicalScore.Score(row, query);
        double term = 0.49 * off[0] / steps * Math.Sqrt(Rank - 1);
        Assert.InRange(bounds[0], score, score + (0.1 * term));
        Assert.InRange(term, 0.01, 0.1);
    }

    [Fact]
    public void FirstStageBounds_VectorAndScalarCode_DifferByRoundingOnly()
    {
        Random random = new(9);
        SearchBasis basis = ScanCases.Basis(random, 128, 32);
        ChunkCodes codes = new(new(128, basis), 32);
        RowEncoder encoder = new(codes.Coding);
        for (int slot = 0; slot < 32; slot++)
        {
            encoder.Encode(TestVectors.Unit(random, 128), codes, slot);
        }

        ProjectedQuery query = new(basis, TestVectors.Unit(random, 128));
        int[] sums = new int[32];
        float[] vector = new float[32];
        float[] scalar = new float[32];
        BlockKernel.Sum(codes.Block(0), query.Codes, sums);
        BlockBounds.Compute(codes, 0, query, sums, vector);
        BlockBounds.ComputeScalar(codes, 0, query, sums, scalar);
        Assert.All(vector.Zip(scalar), pair => Assert.InRange(pair.First, pair.Second - 1e-6, pair.Second + 1e-6));
    }

    [Fact]
    public void Basis_FarFromOrthonormal_IsRefused()
    {
        float[] values = Orthonormal.Random(4, 32, new(3));
        for (int i = 0; i < 32; i++)
        {
            values[i] *= 1.01f;
        }

        Assert.Throws<ArgumentException>(() => new SearchBasis(1, 32, values, 0, 0));
        Assert.Throws<ArgumentException>(() => new SearchBasis(1, 32, new float[33], 0, 0));
        Assert.Throws<ArgumentException>(() => new SearchBasis(1, 32, new float[36 * 32], 0, 0));
        values[5] = float.NaN;
        Assert.Throws<ArgumentException>(() => new SearchBasis(1, 32, values, 0, 0));
    }

    private static void AssertBounds(float[] unit, float[][] rows, SearchBasis basis, ChunkCodes codes, int dimension)
    {
        QueryCodes query = new(new ScanQuery(unit, 1));
        ProjectedQuery first = query.For(basis);
        Assert.Same(first, query.For(basis));
        int[] sums = new int[32];
        float[] bounds = new float[32];
        for (int slot = 0; slot < rows.Length; slot++)
        {
            if (slot % 32 == 0)
            {
                BlockKernel.Sum(codes.Block(slot / 32), first.Codes, sums);
                BlockBounds.Compute(codes, slot / 32, first, sums, bounds);
            }

            double score = CanonicalScore.Score(unit, rows[slot]);
            double second =
                (RowKernel.Sum(codes.Row(slot), query.Wide) * (codes.QuantizedScales[slot] * query.WideScale))
                + (codes.QuantizedErrors[slot] * query.ErrorFactor) + query.Constant;
            Assert.True(
                bounds[slot % 32] >= score, $"{bounds[slot % 32]} < {score}, slot {slot}, {dimension} x {basis.Rank}");
            Assert.True(second >= score, $"{second} < {score}, slot {slot}, {dimension}");

            // The second stage is tight wherever no single component dwarfs the others.
            Assert.True(slot % 8 >= 4 || second < score + 0.05, $"{second} is far above {score}");
        }
    }

    // Exactly orthonormal but for rounding, or as far from it as is allowed.
    private static SearchBasis Basis(Random random, int dimension, int rank, int round)
    {
        float[] values = Orthonormal.Random(rank, dimension, random);
        if (round % 2 == 1)
        {
            double off = 0.7 * SearchBasis.MaxDeviation / Math.Sqrt(rank) / 2;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] *= (float)(1 + (i / dimension % 2 == 0 ? off : -off));
            }
        }

        return new(1, dimension, values, 0, 0);
    }

    // Directions all over, inside the basis, outside of it; few large components, subnormal ones; lengths off by what
    // is allowed.
    private static float[] Vector(Random random, SearchBasis basis, int kind)
    {
        int dimension = basis.Dimension;
        float[] vector = (kind % 8) switch
        {
            0 => Inside(random, basis),
            1 => TestVectors.Unit(random, dimension),
            2 => QueryVector.Normalize([.. Enumerable.Range(0, dimension).Select(_ => MathF.Max(0, Gaussian(random)))]),
            3 => Stretched(TestVectors.Unit(random, dimension), 1 + 4.9e-5),
            4 => QueryVector.Normalize([.. Enumerable.Range(0, dimension).Select(i => i == 3 ? 1f : 1e-40f)]),
            5 => QueryVector.Normalize(
                [.. Enumerable.Range(0, dimension).Select(i => i < 2 ? -1f : 1e-4f * Gaussian(random))]),
            6 => Stretched(TestVectors.Unit(random, dimension), 1 - 4.9e-5),
            _ => QueryVector.Normalize([.. Enumerable.Range(0, dimension).Select(_ => MathF.Pow(Gaussian(random), 5))]),
        };
        return vector;
    }

    private static float[] Inside(Random random, SearchBasis basis)
    {
        float[] sum = new float[basis.Dimension];
        for (int i = 0; i < basis.Rank; i++)
        {
            float share = Gaussian(random);
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += share * basis.Values[(i * sum.Length) + j];
            }
        }

        return QueryVector.Normalize(sum);
    }

    private static float[] Stretched(float[] vector, double factor) =>
        [.. vector.Select(component => (float)(component * factor))];

    private static float[] Negated(float[] vector) => [.. vector.Select(component => -component)];

    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}

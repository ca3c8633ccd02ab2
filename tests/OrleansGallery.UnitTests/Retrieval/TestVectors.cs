using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

/// <summary>Seeded vectors for the tests of this folder.</summary>
internal static class TestVectors
{
    /// <summary>Components between -1 and 1, none of them the same twice for practical purposes.</summary>
    public static float[] Embedding(Random random, int dimension)
    {
        float[] embedding = new float[dimension];
        for (int i = 0; i < dimension; i++)
        {
            embedding[i] = (random.NextSingle() * 2) - 1;
        }

        return embedding;
    }

    /// <summary>A direction, evenly enough distributed.</summary>
    public static float[] Unit(Random random, int dimension) => QueryVector.Normalize(Embedding(random, dimension));

    /// <summary>Any float32 that an embedding may hold: every exponent is as likely, subnormal numbers
    /// included.</summary>
    public static float AnyComponent(Random random)
    {
        while (true)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (Math.Abs(value) <= EmbeddingLimits.MaxComponent)
            {
                return value;
            }
        }
    }

    /// <summary>A vector whose components are moved by up to a few units in the last place.</summary>
    public static float[] Nudged(Random random, float[] vector)
    {
        float[] nudged = [.. vector];
        for (int i = 0; i < nudged.Length; i++)
        {
            for (int step = random.Next(3); step > 0; step--)
            {
                nudged[i] = random.Next(2) == 0 ? MathF.BitIncrement(nudged[i]) : MathF.BitDecrement(nudged[i]);
            }
        }

        return nudged;
    }
}

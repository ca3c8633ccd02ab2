namespace OrleansGallery.Testing;

/// <summary>Seeded vectors that cluster around identities, as embeddings do.</summary>
public static class SyntheticVectors
{
    /// <summary>One embedding.</summary>
    /// <param name="identity">Which identity: vectors of one lie close together.</param>
    /// <param name="image">Which image of it.</param>
    /// <param name="dimension">Components.</param>
    /// <param name="spread">The image's share of noise.</param>
    /// <returns>The vector; not normalised.</returns>
    public static float[] Embedding(int identity, int image, int dimension, double spread = 0.3)
    {
        Random noise = new((identity * 7919) + image + 1);
        float[] vector = new float[dimension];
        Random seeded = new(identity + 1);
        for (int i = 0; i < dimension; i++)
        {
            vector[i] = (float)(Gaussian(seeded) + (spread * Gaussian(noise)));
        }

        return vector;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

namespace OrleansGallery.ClusterTests;

/// <summary>Vectors that mostly lie in few directions, as trained embeddings do.</summary>
internal sealed class LowRank(int dimension, int rank, int seed)
{
    private readonly float[][] _directions = 
        [.. Enumerable.Range(0, rank).Select(i => Noise(new(seed + i), dimension))];

    public float[] this[int number]
    {
        get
        {
            Random random = new((seed * 1_000_003) + number);
            float[] vector = Noise(random, dimension);
            for (int i = 0; i < dimension; i++)
            {
                vector[i] *= 0.1f;
            }

            foreach (float[] direction in _directions)
            {
                float along = (random.NextSingle() * 2) - 1;
                for (int i = 0; i < dimension; i++)
                {
                    vector[i] += along * direction[i];
                }
            }

            return vector;
        }
    }

    private static float[] Noise(Random random, int dimension)
    {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++)
        {
            vector[i] = (random.NextSingle() * 2) - 1;
        }

        return vector;
    }
}

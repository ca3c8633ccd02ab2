namespace OrleansGallery.Offline;

/// <summary>
/// Embeddings with the paths of their images, or centroids with the names of their identities: a folder of
/// <c>embeddings.npy</c> (float32, not normalised) and <c>paths.npy</c>.
/// </summary>
public sealed class EmbeddingSet
{
    /// <summary>The file of the vectors.</summary>
    public const string EmbeddingsFile = "embeddings.npy";

    /// <summary>The file of the paths or names.</summary>
    public const string PathsFile = "paths.npy";

    /// <summary>Wraps vectors without copying them.</summary>
    /// <param name="values">The vectors, one after the other.</param>
    /// <param name="dimension">Numbers per vector.</param>
    /// <param name="paths">A path or name per vector.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    public EmbeddingSet(float[] values, int dimension, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(paths);
        if (dimension < 1 || values.Length != (long)dimension * paths.Count)
        {
            throw new ArgumentException(
                $"{values.Length} numbers are not {paths.Count} vectors of {dimension}.", nameof(values));
        }

        (Values, Dimension, Paths) = (values, dimension, paths);
    }

    /// <summary>The vectors, one after the other.</summary>
    public float[] Values { get; }

    /// <summary>Numbers per vector.</summary>
    public int Dimension { get; }

    /// <summary>How many vectors there are.</summary>
    public int Count => Paths.Count;

    /// <summary>A path or name per vector.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>One vector.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <returns>Its numbers.</returns>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Dimension, Dimension);

    /// <summary>Reads a set.</summary>
    /// <param name="folder">The folder of the two files.</param>
    /// <returns>The set.</returns>
    /// <exception cref="NpyException">A file is none, or they do not fit each other.</exception>
    public static EmbeddingSet Read(string folder) =>
        Read(Path.Combine(folder, EmbeddingsFile), Path.Combine(folder, PathsFile));

    /// <summary>Reads a set.</summary>
    /// <param name="vectors">The file of the vectors, float32 or float64.</param>
    /// <param name="paths">The file of the paths or names.</param>
    /// <returns>The set.</returns>
    /// <exception cref="NpyException">A file is none, a number is not finite, or they do not fit each
    /// other.</exception>
    public static EmbeddingSet Read(string vectors, string paths)
    {
        NpyArray<float> values = NpyNumbers.ReadVectors(vectors);
        string[] names = NpyFile.ReadText(paths).Values;
        return values.Shape.Count == 2 && values.Shape[0] == names.Length && values.Shape[1] > 0
            ? new EmbeddingSet(values.Values, values.Shape[1], names)
            : throw new NpyException(
                vectors,
                $"it is [{string.Join(", ", values.Shape)}]; '{paths}' has {names.Length} paths, one per row.");
    }

    /// <summary>Writes the two files.</summary>
    /// <param name="folder">The folder; it is created.</param>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        NpyFile.Write(Path.Combine(folder, EmbeddingsFile), new NpyArray<float>([Count, Dimension], Values));
        NpyFile.WriteText(Path.Combine(folder, PathsFile), new NpyArray<string>([Count], [.. Paths]));
    }

    /// <summary>The mean vector of each identity, in the order of first appearance; not normalised.</summary>
    /// <param name="names">Whose image a path is.</param>
    /// <returns>Centroids with the identities' names.</returns>
    /// <exception cref="InvalidDataException">A path does not say it.</exception>
    public EmbeddingSet Centroids(IdentityNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        IReadOnlyList<(string Identity, IReadOnlyList<int> Rows)> groups = names.Group(Paths);
        float[] means = new float[groups.Count * Dimension];
        double[] sum = new double[Dimension];
        for (int group = 0; group < groups.Count; group++)
        {
            Array.Clear(sum);
            foreach (int row in groups[group].Rows)
            {
                ReadOnlySpan<float> vector = Row(row);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += vector[i];
                }
            }

            for (int i = 0; i < sum.Length; i++)
            {
                means[(group * Dimension) + i] = (float)(sum[i] / groups[group].Rows.Count);
            }
        }

        return new EmbeddingSet(means, Dimension, [.. groups.Select(group => group.Identity)]);
    }
}

namespace OrleansGallery.Retrieval;

/// <summary>
/// Parts images into two groups, each around its mean direction (2-means on the unit sphere). Means are exact sums and
/// distances the same everywhere, so that the same images in the same order give the same groups. It begins with the
/// two images that are farthest apart.
/// </summary>
public static class TwoMeans
{
    /// <summary>Up to so many images, all pairs are compared; of more, the second of the two is the farthest from the
    /// first, which is the farthest from the list's first image.</summary>
    public const int MaxPaired = 2048;

    // It ends by itself; rounding might make it go round.
    private const int MaxRounds = 100;

    /// <summary>Parts images.</summary>
    /// <param name="embeddings">Their embeddings, of one dimension.</param>
    /// <returns>The groups, neither empty; null: all images have the same direction, or there are fewer than two.
    /// </returns>
    /// <exception cref="EmbeddingException">One has no direction.</exception>
    public static TwoGroups? Part(IReadOnlyList<float[]> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        float[][] units = [.. embeddings.Select(embedding => QueryVector.Normalize(embedding))];
        if (units.Length < 2)
        {
            return null;
        }

        (int first, int second) = FindFarthest(units);
        if (units[first].AsSpan().SequenceEqual(units[second]))
        {
            return null;
        }

        bool[] isSecond = Assign(units, units[first], units[second]);
        for (int round = 1; round < MaxRounds; round++)
        {
            if (CentroidOf(units, MembersOf(isSecond, false)) is not { } one
                || CentroidOf(units, MembersOf(isSecond, true)) is not { } other)
            {
                break;
            }

            bool[] next = Assign(units, one, other);
            if (next.AsSpan().SequenceEqual(isSecond) || !next.Contains(true) || !next.Contains(false))
            {
                break;
            }

            isSecond = next;
        }

        return ToGroups(isSecond);
    }

    /// <summary>The centroid of some images; null: they cancel each other out.</summary>
    /// <param name="embeddings">Embeddings of one dimension.</param>
    /// <param name="group">Which of them; at least one.</param>
    /// <returns>A unit vector.</returns>
    public static float[]? CentroidOf(IReadOnlyList<float[]> embeddings, IReadOnlyList<int> group)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(group);
        IdentityCentroid sum = new(embeddings[0].Length);
        foreach (int i in group)
        {
            sum.Add(string.Empty, embeddings[i]);
        }

        float[] centroid = new float[sum.Dimension];
        return sum.TryGetCentroid(centroid) ? centroid : null;
    }

    private static (int First, int Second) FindFarthest(float[][] units)
    {
        if (units.Length > MaxPaired)
        {
            int far = FarthestFrom(units, 0, 0).Index;
            return (far, FarthestFrom(units, far, 0).Index);
        }

        (int First, int Second, double Distance) farthest = (0, 1, double.NegativeInfinity);
        for (int i = 0; i < units.Length - 1; i++)
        {
            (int index, double distance) = FarthestFrom(units, i, i + 1);
            if (distance > farthest.Distance)
            {
                farthest = (i, index, distance);
            }
        }

        return (farthest.First, farthest.Second);
    }

    private static (int Index, double Distance) FarthestFrom(float[][] units, int from, int start)
    {
        (int Index, double Distance) farthest = (start, double.NegativeInfinity);
        for (int i = start; i < units.Length; i++)
        {
            double distance = SquaredDistance.Of(units[from], units[i]);
            if (distance > farthest.Distance)
            {
                farthest = (i, distance);
            }
        }

        return farthest;
    }

    private static bool[] Assign(float[][] units, float[] one, float[] other) =>
        Array.ConvertAll(units, unit => SquaredDistance.Of(unit, other) < SquaredDistance.Of(unit, one));

    private static int[] MembersOf(bool[] isSecond, bool second) =>
        [.. Enumerable.Range(0, isSecond.Length).Where(i => isSecond[i] == second)];

    private static TwoGroups ToGroups(bool[] isSecond)
    {
        (int[] first, int[] second) = (MembersOf(isSecond, false), MembersOf(isSecond, true));
        return second.Length > first.Length || (second.Length == first.Length && isSecond[0])
            ? new TwoGroups(second, first)
            : new TwoGroups(first, second);
    }
}

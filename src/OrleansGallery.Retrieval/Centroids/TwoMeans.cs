namespace OrleansGallery.Retrieval;

/// <summary>
/// Parts images into two groups, each around its mean direction (2-means on the unit sphere). Means are exact sums and
/// scores are <see cref="CanonicalScore"/>s, so that the same images in the same order give the same groups everywhere.
/// It begins with the two images that are farthest apart.
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
    /// <returns>The groups; null: all images have the same direction, or there are fewer than two.</returns>
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
            if (CentroidOf(units, isSecond, false) is not { } one || CentroidOf(units, isSecond, true) is not { } other)
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

    private static (int First, int Second) FindFarthest(float[][] units)
    {
        if (units.Length > MaxPaired)
        {
            int far = FarthestFrom(units, 0, 0).Index;
            return (far, FarthestFrom(units, far, 0).Index);
        }

        (int First, int Second, double Score) farthest = (0, 1, double.PositiveInfinity);
        for (int i = 0; i < units.Length - 1; i++)
        {
            (int index, double score) = FarthestFrom(units, i, i + 1);
            if (score < farthest.Score)
            {
                farthest = (i, index, score);
            }
        }

        return (farthest.First, farthest.Second);
    }

    private static (int Index, double Score) FarthestFrom(float[][] units, int from, int start)
    {
        (int Index, double Score) farthest = (start, double.PositiveInfinity);
        for (int i = start; i < units.Length; i++)
        {
            double score = CanonicalScore.Score(units[from], units[i]);
            if (score < farthest.Score)
            {
                farthest = (i, score);
            }
        }

        return farthest;
    }

    private static bool[] Assign(float[][] units, float[] one, float[] other) =>
        Array.ConvertAll(units, unit => CanonicalScore.Score(unit, other) > CanonicalScore.Score(unit, one));

    private static float[]? CentroidOf(float[][] units, bool[] isSecond, bool second)
    {
        IdentityCentroid sum = new(units[0].Length);
        for (int i = 0; i < units.Length; i++)
        {
            if (isSecond[i] == second)
            {
                sum.Add(string.Empty, units[i]);
            }
        }

        float[] centroid = new float[sum.Dimension];
        return sum.TryGetCentroid(centroid) ? centroid : null;
    }

    private static TwoGroups ToGroups(bool[] isSecond)
    {
        int[] first = [.. Enumerable.Range(0, isSecond.Length).Where(i => !isSecond[i])];
        int[] second = [.. Enumerable.Range(0, isSecond.Length).Where(i => isSecond[i])];
        return second.Length > first.Length || (second.Length == first.Length && isSecond[0])
            ? new TwoGroups(second, first)
            : new TwoGroups(first, second);
    }
}

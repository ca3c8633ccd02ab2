namespace OrleansGallery.Retrieval;

/// <summary>Counts bounds by size, to find a level that a wanted number of them reaches.</summary>
/// <param name="bins">Scratch of <see cref="Bins"/> zeros.</param>
internal readonly ref struct BoundHistogram(Span<int> bins)
{
    /// <summary>The number of classes.</summary>
    public const int Bins = 1024;

    // A bound is above -1 and, the slack included, below 3.
    private const float Low = -1;
    private const float PerUnit = Bins / 4f;

    private readonly Span<int> _bins = bins;

    public void Add(ReadOnlySpan<float> bounds)
    {
        foreach (float bound in bounds)
        {
            _bins[Math.Clamp((int)((bound - Low) * PerUnit), 0, Bins - 1)]++;
        }
    }

    /// <summary>A level that at least so many bounds reach, or all of them.</summary>
    /// <param name="wanted">How many.</param>
    public float CutOf(int wanted)
    {
        for (int bin = Bins - 1, above = 0; bin > 0; bin--)
        {
            above += _bins[bin];
            if (above >= wanted)
            {
                return Low + (bin / PerUnit);
            }
        }

        return float.NegativeInfinity;
    }
}

namespace OrleansGallery.Inference.Models;

/// <summary>
/// SplitMix64: random numbers by integer arithmetic and exact conversions only, so that every machine draws the same.
/// </summary>
/// <param name="seed">Where the sequence starts.</param>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    /// <returns>Uniform bits.</returns>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A uniform number.</summary>
    /// <param name="low">Least.</param>
    /// <param name="high">Bound above.</param>
    /// <returns>A multiple of (high - low) / 2^24.</returns>
    public float Uniform(float low, float high) => low + ((high - low) * ((Next() >> 40) / (float)(1 << 24)));

    /// <summary>A uniform integer.</summary>
    /// <param name="count">Bound above, at least 1.</param>
    /// <returns>0 to count - 1.</returns>
    public int Below(int count) => (int)((Next() >> 33) % (ulong)count);

    /// <summary>
    /// A number that is normal for all purposes here, with mean 0 and variance 1: the sum of twelve uniform ones,
    /// which, unlike Box and Muller's formula, needs no function whose last bit depends on the machine's library.
    /// </summary>
    /// <returns>Between -6 and 6.</returns>
    public double Normal()
    {
        long sum = 0;
        for (int i = 0; i < 3; i++)
        {
            ulong bits = Next();
            sum += (long)((bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48));
        }

        return ((sum + 6) / 65536.0) - 6;
    }
}

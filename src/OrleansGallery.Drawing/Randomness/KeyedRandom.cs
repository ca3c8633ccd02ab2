using System.Numerics;

namespace OrleansGallery.Drawing;

/// <summary>
/// Random numbers that are a function of a seed, a purpose and two counters (a product and a view, an epoch and a row):
/// there is no generator to save, and whoever knows the place knows every number to come, on whichever thread it is
/// drawn.
/// </summary>
/// <remarks>
/// xoshiro256** (Blackman and Vigna, 2018) seeded through SplitMix64: unlike <see cref="Random"/>, whose algorithm may
/// change, it gives the same numbers in every version of .NET.
/// </remarks>
public sealed class KeyedRandom : IRandomNumbers
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    internal KeyedRandom(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>The sequence of one place, at its start.</summary>
    /// <param name="seed">The catalogue's or the run's seed.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="second">The second counter.</param>
    /// <returns>A sequence of its own.</returns>
    public static KeyedRandom For(long seed, RandomPurpose purpose, int first, int second = 0)
    {
        ulong hash = unchecked((ulong)seed);
        hash = SplitMix(ref hash) ^ (ulong)purpose;
        hash = SplitMix(ref hash) ^ (uint)first;
        hash = SplitMix(ref hash) ^ (uint)second;
        return new KeyedRandom(hash);
    }

    /// <inheritdoc/>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    /// <remarks>The bias of one part in 2^32 does not matter here.</remarks>
    public int Below(int count) => (int)(((NextUInt64() >> 32) * (ulong)count) >> 32);

    internal ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    internal float UniformF(double low, double high) => (float)this.Uniform(low, high);

    internal T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>The values of an enum in random order.</summary>
    internal T[] Shuffled<T>() where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        this.Shuffle<T>(values);
        return values;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

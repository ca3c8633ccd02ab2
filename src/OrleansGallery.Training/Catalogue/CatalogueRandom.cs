using System.Numerics;

namespace OrleansGallery.Training;

/// <summary>
/// xoshiro256** (Blackman and Vigna, 2018) seeded through SplitMix64: unlike <see cref="Random"/>, whose algorithm may
/// change, it gives the same numbers in every version of .NET.
/// </summary>
internal sealed class CatalogueRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public CatalogueRandom(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>The sequence of one (seed, stream, product or family, view).</summary>
    public static CatalogueRandom For(long seed, RandomStream stream, int item, int view = 0)
    {
        ulong hash = unchecked((ulong)seed);
        hash = SplitMix(ref hash) ^ (ulong)stream;
        hash = SplitMix(ref hash) ^ (uint)item;
        hash = SplitMix(ref hash) ^ (uint)view;
        return new CatalogueRandom(hash);
    }

    public ulong NextUInt64()
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

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="min"/>, <paramref name="max"/>).</summary>
    public double Range(double min, double max) => min + ((max - min) * NextDouble());

    /// <summary>Uniform in [<paramref name="min"/>, <paramref name="max"/>).</summary>
    public float RangeF(double min, double max) => (float)Range(min, max);

    /// <summary>Uniform in 0 to count - 1 (the bias of one part in 2^32 does not matter here).</summary>
    public int Below(int count) => (int)(((NextUInt64() >> 32) * (ulong)count) >> 32);

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>The values of an enum in random order (Fisher and Yates).</summary>
    public T[] Shuffled<T>() where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }

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

using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace OrleansGallery.Retrieval;

/// <summary>
/// Random numbers of one row (xoshiro256++, seeded by SplitMix64): seeding costs four multiplications, so that every
/// row can have a stream of its own.
/// </summary>
public struct RandomBits
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>The stream of a purpose and a number.</summary>
    /// <param name="seed">The data's seed.</param>
    /// <param name="purpose">Streams of different purposes have nothing in common.</param>
    /// <param name="number">For example the row's.</param>
    public RandomBits(int seed, RowPurpose purpose, long number)
    {
        ulong state = Mix(Mix(Mix((uint)seed) + (ulong)purpose) + (ulong)number);
        (_a, _b, _c, _d) = (Mix(state + 1), Mix(state + 2), Mix(state + 3), Mix(state + 4));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in (0, 1].</summary>
    public double NextDouble() => ((Next() >> 11) + 1) * Math.ScaleB(1, -53);

    /// <summary>Independent normal numbers of variance 1 (Box and Muller's pairs).</summary>
    /// <param name="values">Where to write them.</param>
    public void FillNormal(Span<float> values)
    {
        int half = (values.Length + 1) / 2;
        float[] rented = ArrayPool<float>.Shared.Rent(3 * half);
        Span<float> radius = rented.AsSpan(0, half);
        Span<float> angle = rented.AsSpan(half, half);
        Span<float> wave = rented.AsSpan(2 * half, half);
        for (int i = 0; i < half; i++)
        {
            ulong bits = Next();
            radius[i] = ((bits >> 40) + 1) * (1f / (1 << 24)); // (0, 1]
            angle[i] = ((uint)bits >> 8) * (MathF.Tau / (1 << 24));
        }

        TensorPrimitives.Log(radius, radius);
        TensorPrimitives.Multiply(radius, -2f, radius);
        TensorPrimitives.Sqrt(radius, radius);
        TensorPrimitives.Cos(angle, wave);
        TensorPrimitives.Multiply(radius, wave, values[..half]);
        TensorPrimitives.Sin(angle, wave);
        int rest = values.Length - half;
        TensorPrimitives.Multiply(radius[..rest], wave[..rest], values[half..]);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Adds independent normal numbers.</summary>
    /// <param name="deviation">Their standard deviation.</param>
    /// <param name="values">What they are added to.</param>
    public void AddNormal(float deviation, Span<float> values)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(values.Length);
        Span<float> noise = rented.AsSpan(0, values.Length);
        FillNormal(noise);
        TensorPrimitives.MultiplyAdd(noise, deviation, values, values);
        ArrayPool<float>.Shared.Return(rented);
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

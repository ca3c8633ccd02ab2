using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Retrieval;

/// <summary>Components to fixed point, several at a time; <see cref="ScalarFixedPoint"/> is its oracle.</summary>
internal static class FixedPoint
{
    private const double Scale = 1L << EmbeddingLimits.FractionBits;

    // Between 2^52 and 2^53 neighbouring doubles are 1 apart, so adding 1.5 x 2^52 rounds to an integer, half to even
    // as every IEEE addition does, and the integer stands in the low bits. Right for magnitudes below 2^51; ours stay
    // at or below 2^42. One addition thus does what AVX2 has no instruction for: double to int64.
    private const double Magic = 1.5 * (1L << 52);
    private static readonly long MagicBits = BitConverter.DoubleToInt64Bits(Magic);

    /// <summary>Writes each component x 2^30, rounded half to even.</summary>
    /// <param name="embedding">Components of at most <see cref="EmbeddingLimits.MaxComponent"/> in magnitude.</param>
    /// <param name="destination">As many numbers.</param>
    public static void Convert(ReadOnlySpan<float> embedding, Span<long> destination)
    {
        ref float from = ref MemoryMarshal.GetReference(embedding);
        ref long to = ref MemoryMarshal.GetReference(destination[..embedding.Length]);
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= embedding.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                // 8 components, as 2 x 4 doubles.
                (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(
                    Vector256.LoadUnsafe(ref from, (nuint)i));
                Round(lower).StoreUnsafe(ref to, (nuint)i);
                Round(upper).StoreUnsafe(ref to, (nuint)i + 4);
            }
        }

        for (; i < embedding.Length; i++)
        {
            destination[i] = BitConverter.DoubleToInt64Bits((embedding[i] * Scale) + Magic) - MagicBits;
        }
    }

    private static Vector256<long> Round(Vector256<double> value)
    {
        Vector256<double> rounded = (value * Scale) + Vector256.Create(Magic);
        return rounded.AsInt64() - Vector256.Create(MagicBits);
    }
}

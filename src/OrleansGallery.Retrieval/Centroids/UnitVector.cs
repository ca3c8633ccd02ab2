using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Retrieval;

/// <summary>L2 normalisation, in float64 and then rounded to float32, with the same bits on every machine.</summary>
internal static class UnitVector
{
    /// <summary>
    /// How far the squared length of a vector that counts as a unit vector may be from 1. Ours are within 2^-23; the
    /// rest is room for vectors that others normalised in float32.
    /// </summary>
    public const double SquaredLengthTolerance = 1e-4;

    /// <summary>Writes the vector divided by its length.</summary>
    /// <param name="vector">D components whose squares neither overflow nor all vanish.</param>
    /// <param name="unit">D components.</param>
    /// <returns>False, and nothing written, where the length is zero.</returns>
    public static bool TryNormalize(ReadOnlySpan<double> vector, Span<float> unit)
    {
        double length = Math.Sqrt(SquaredLength(vector));
        if (length == 0)
        {
            return false;
        }

        for (int i = 0; i < vector.Length; i++)
        {
            unit[i] = (float)(vector[i] / length);
        }

        return true;
    }

    /// <summary>Whether a vector is finite and of length 1, as near as float32 can say.</summary>
    /// <param name="vector">D components.</param>
    public static bool IsUnit(ReadOnlySpan<float> vector) =>
        Math.Abs(CanonicalScore.Score(vector, vector) - 1) <= SquaredLengthTolerance;

    /// <summary>
    /// The sum of squares, lane by lane in the order of <see cref="CanonicalScore"/>. Squares of float64 are rounded,
    /// so multiplication and addition stay two operations: a fused one would give other bits.
    /// </summary>
    internal static double SquaredLength(ReadOnlySpan<double> vector)
    {
        Span<double> lanes = stackalloc double[CanonicalScore.Lanes];
        lanes.Clear();
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref double from = ref MemoryMarshal.GetReference(vector);
            Vector256<double> lower = default;
            Vector256<double> upper = default;
            for (; i <= vector.Length - CanonicalScore.Lanes; i += CanonicalScore.Lanes)
            {
                Vector256<double> first = Vector256.LoadUnsafe(ref from, (nuint)i);
                Vector256<double> second = Vector256.LoadUnsafe(ref from, (nuint)i + 4);
                lower += first * first;
                upper += second * second;
            }

            lower.CopyTo(lanes);
            upper.CopyTo(lanes[4..]);
        }

        for (; i < vector.Length; i++)
        {
            lanes[i % CanonicalScore.Lanes] += vector[i] * vector[i];
        }

        return CanonicalScore.Join(lanes);
    }
}

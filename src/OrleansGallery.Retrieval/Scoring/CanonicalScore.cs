using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The one definition of a row's score. Products of float32 components are taken in float64, component i is added to
/// lane i mod 8 in order, and the lanes are joined as ((0+4)+(2+6))+((1+5)+(3+7)), so that vector code, scalar code and
/// every silo agree to the last bit.
/// </summary>
/// <remarks>
/// A product of two 24-bit significands has at most 48 bits and an exponent far inside float64's range: it is exact.
/// Rounding thus happens only in the additions, and a fused multiply-add gives the same bits as two operations.
/// </remarks>
public static class CanonicalScore
{
    /// <summary>The number of lanes.</summary>
    internal const int Lanes = 8;

    /// <summary>The score of two vectors: their dot product, which for unit vectors is the cosine similarity.</summary>
    /// <param name="left">Finite components.</param>
    /// <param name="right">As many finite components.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Score(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"The vectors have {left.Length} and {right.Length} components.");
        }

        if (Vector512.IsHardwareAccelerated)
        {
            return Score512(left, right);
        }

        return Vector256.IsHardwareAccelerated ? Score256(left, right) : ScoreScalar(left, right);
    }

    /// <summary>The definition, word by word: the oracle of the vector code.</summary>
    internal static double ScoreScalar(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        AddTail(left, right, 0, lanes);
        return Join(lanes);
    }

    internal static double Score256(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref float leftStart = ref MemoryMarshal.GetReference(left);
        ref float rightStart = ref MemoryMarshal.GetReference(right);
        Vector256<double> lower = default; // lanes 0 to 3
        Vector256<double> upper = default; // lanes 4 to 7
        int i = 0;
        for (; i <= left.Length - Lanes; i += Lanes)
        {
            var (leftLower, leftUpper) = Vector256.Widen(Vector256.LoadUnsafe(ref leftStart, (nuint)i));
            var (rightLower, rightUpper) = Vector256.Widen(Vector256.LoadUnsafe(ref rightStart, (nuint)i));
            lower += leftLower * rightLower;
            upper += leftUpper * rightUpper;
        }

        Span<double> lanes = stackalloc double[Lanes];
        lower.CopyTo(lanes);
        upper.CopyTo(lanes[4..]);
        AddTail(left, right, i, lanes);
        return Join(lanes);
    }

    internal static double Score512(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ref float leftStart = ref MemoryMarshal.GetReference(left);
        ref float rightStart = ref MemoryMarshal.GetReference(right);
        Vector512<double> sum = default; // lanes 0 to 7
        int i = 0;
        for (; i <= left.Length - (2 * Lanes); i += 2 * Lanes)
        {
            var (leftLower, leftUpper) = Vector512.Widen(Vector512.LoadUnsafe(ref leftStart, (nuint)i));
            var (rightLower, rightUpper) = Vector512.Widen(Vector512.LoadUnsafe(ref rightStart, (nuint)i));
            sum += leftLower * rightLower;
            sum += leftUpper * rightUpper;
        }

        Span<double> lanes = stackalloc double[Lanes];
        sum.CopyTo(lanes);
        AddTail(left, right, i, lanes);
        return Join(lanes);
    }

    internal static double Join(ReadOnlySpan<double> lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));

    private static void AddTail(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int start, Span<double> lanes)
    {
        for (int i = start; i < left.Length; i++)
        {
            lanes[i % Lanes] += (double)left[i] * right[i];
        }
    }
}

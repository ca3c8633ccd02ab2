using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The squared distance of two vectors, the same to the last bit everywhere. Of neighbours a last digit apart it tells
/// which is nearer, and nothing is nearer to a vector than itself: 1 - cosine is below float64's precision there, and
/// unit vectors of float32 have lengths that differ by more.
/// </summary>
/// <remarks>Component i is added to lane i mod 8 in order, as in <see cref="CanonicalScore"/>; no multiplication is
/// fused with an addition, for the square of a difference is not exact.</remarks>
internal static class SquaredDistance
{
    private const int Lanes = CanonicalScore.Lanes;

    /// <param name="left">Finite components.</param>
    /// <param name="right">As many finite components.</param>
    public static double Of(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, left.Length);
        ref float leftStart = ref MemoryMarshal.GetReference(left);
        ref float rightStart = ref MemoryMarshal.GetReference(right);
        Vector256<double> lower = default; // lanes 0 to 3
        Vector256<double> upper = default; // lanes 4 to 7
        int i = 0;
        for (; i <= left.Length - Lanes; i += Lanes)
        {
            var (leftLower, leftUpper) = Vector256.Widen(Vector256.LoadUnsafe(ref leftStart, (nuint)i));
            var (rightLower, rightUpper) = Vector256.Widen(Vector256.LoadUnsafe(ref rightStart, (nuint)i));
            (leftLower, leftUpper) = (leftLower - rightLower, leftUpper - rightUpper);
            lower += leftLower * leftLower;
            upper += leftUpper * leftUpper;
        }

        Span<double> lanes = stackalloc double[Lanes];
        lower.CopyTo(lanes);
        upper.CopyTo(lanes[4..]);
        for (; i < left.Length; i++)
        {
            double difference = (double)left[i] - right[i];
            lanes[i % Lanes] += difference * difference;
        }

        return CanonicalScore.Join(lanes);
    }
}

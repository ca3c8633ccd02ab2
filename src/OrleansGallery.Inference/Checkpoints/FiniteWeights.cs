using System.Globalization;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>Refuses weights that are no numbers: every embedding would be none either.</summary>
internal static class FiniteWeights
{
    /// <exception cref="CheckpointException">A weight is NaN or infinite; the message names tensor and
    /// index.</exception>
    public static void Require(string file, string tensor, IReadOnlyList<long> shape, ReadOnlySpan<float> weights)
    {
        int at = weights.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new CheckpointException(
                file,
                $"tensor '{tensor}' is {weights[at].ToString(CultureInfo.InvariantCulture)} at "
                + $"[{string.Join(", ", IndexOf(at, shape))}]; weights must be finite.");
        }
    }

    private static long[] IndexOf(long at, IReadOnlyList<long> shape)
    {
        long[] index = new long[shape.Count];
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            (at, index[axis]) = Math.DivRem(at, shape[axis]);
        }

        return index;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Imaging;

/// <summary>Rows to rows: every output row is a weighted sum of neighbouring input rows, byte by byte.</summary>
internal static class VerticalPass
{
    /// <param name="source">Rows of <paramref name="stride"/> bytes, <c>weights.Inputs</c> of them.</param>
    /// <param name="stride">Bytes per row, in and out.</param>
    /// <param name="weights">The axis.</param>
    /// <param name="destination"><c>weights.Outputs</c> rows.</param>
    /// <param name="lanes">The form to run.</param>
    public static void Run(
        ReadOnlySpan<byte> source, int stride, ResampleWeights weights, Span<byte> destination, Lanes lanes)
    {
        for (int y = 0; y < weights.Outputs; y++)
        {
            ReadOnlySpan<int> taps = weights.Taps(y);
            ReadOnlySpan<byte> rows = source.Slice(weights.Start(y) * stride, taps.Length * stride);
            Span<byte> target = destination.Slice(y * stride, stride);
            int done = lanes switch
            {
                Lanes.Vector256 => Row256(rows, stride, taps, target),
                Lanes.Vector128 => Row128(rows, stride, taps, target),
                _ => 0,
            };
            ScalarPass.Column(rows, stride, taps, target, done);
        }
    }

    private static int Row256(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> taps, Span<byte> target)
    {
        ref byte source = ref MemoryMarshal.GetReference(rows);
        int i = 0;
        for (; i + Vector256<byte>.Count <= target.Length; i += Vector256<byte>.Count)
        {
            Vector256<int> a = Vector256.Create(ResampleWeights.Rounding);
            (Vector256<int> b, Vector256<int> c, Vector256<int> d) = (a, a, a);
            for (int tap = 0; tap < taps.Length; tap++)
            {
                // 32 bytes of one row -> 4 x 8 ints
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref source, (nuint)(tap * stride + i));
                Vector256<int> weight = Vector256.Create(taps[tap]);
                (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(bytes);
                (Vector256<uint> w, Vector256<uint> x) = Vector256.Widen(low);
                (Vector256<uint> y, Vector256<uint> z) = Vector256.Widen(high);
                a += w.AsInt32() * weight;
                b += x.AsInt32() * weight;
                c += y.AsInt32() * weight;
                d += z.AsInt32() * weight;
            }

            Vector256.Narrow(
                Vector256.Narrow(Clamp(a), Clamp(b)), Vector256.Narrow(Clamp(c), Clamp(d))).CopyTo(target[i..]);
        }

        return i;
    }

    private static int Row128(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> taps, Span<byte> target)
    {
        ref byte source = ref MemoryMarshal.GetReference(rows);
        int i = 0;
        for (; i + Vector128<byte>.Count <= target.Length; i += Vector128<byte>.Count)
        {
            Vector128<int> a = Vector128.Create(ResampleWeights.Rounding);
            (Vector128<int> b, Vector128<int> c, Vector128<int> d) = (a, a, a);
            for (int tap = 0; tap < taps.Length; tap++)
            {
                // 16 bytes of one row -> 4 x 4 ints
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)(tap * stride + i));
                Vector128<int> weight = Vector128.Create(taps[tap]);
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
                (Vector128<uint> w, Vector128<uint> x) = Vector128.Widen(low);
                (Vector128<uint> y, Vector128<uint> z) = Vector128.Widen(high);
                a += w.AsInt32() * weight;
                b += x.AsInt32() * weight;
                c += y.AsInt32() * weight;
                d += z.AsInt32() * weight;
            }

            Vector128.Narrow(
                Vector128.Narrow(Clamp(a), Clamp(b)), Vector128.Narrow(Clamp(c), Clamp(d))).CopyTo(target[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Clamp(Vector256<int> sum) => Vector256.Min(
        Vector256.Max(sum >> ResampleWeights.Precision, Vector256<int>.Zero), Vector256.Create(255)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Clamp(Vector128<int> sum) => Vector128.Min(
        Vector128.Max(sum >> ResampleWeights.Precision, Vector128<int>.Zero), Vector128.Create(255)).AsUInt32();
}

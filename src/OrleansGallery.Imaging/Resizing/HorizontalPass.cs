using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansGallery.Imaging;

/// <summary>
/// Columns to columns: every output pixel is a weighted sum of neighbouring pixels of its row. Four rows are summed at
/// once, so that they share the loading of weights and hide each other's latency.
/// </summary>
internal static class HorizontalPass
{
    private const int Channels = PixelImage.Channels;
    private const int Rows = 4;

    /// <summary>A load takes 8 bytes for a pair of pixels, the second of which may be behind the row.</summary>
    private const int Overread = 8;

    /// <param name="source">Rows of <c>weights.Inputs</c> pixels.</param>
    /// <param name="height">How many rows, in and out.</param>
    /// <param name="weights">The axis.</param>
    /// <param name="destination">Rows of <c>weights.Outputs</c> pixels.</param>
    /// <param name="lanes">The form to run.</param>
    public static void Run(
        ReadOnlySpan<byte> source, int height, ResampleWeights weights, Span<byte> destination, Lanes lanes)
    {
        int from = weights.Inputs * Channels;
        int to = weights.Outputs * Channels;
        int y = 0;
        if (lanes != Lanes.Scalar)
        {
            // Where a load could reach beyond the source, the rows go through a copy with room behind it.
            for (; (y + Rows) * from + Overread <= source.Length; y += Rows)
            {
                Group(source[(y * from)..], weights, destination.Slice(y * to, Rows * to), lanes);
            }

            for (; y < height; y += Rows)
            {
                int rows = Math.Min(Rows, height - y);
                Copied(source.Slice(y * from, rows * from), weights, destination.Slice(y * to, rows * to), lanes);
            }
        }

        for (; y < height; y++)
        {
            ScalarPass.Row(source.Slice(y * from, from), weights, destination.Slice(y * to, to));
        }
    }

    /// <summary>Up to <see cref="Rows"/> rows.</summary>
    private static void Copied(
        ReadOnlySpan<byte> source, ResampleWeights weights, Span<byte> destination, Lanes lanes)
    {
        int inputBytes = Rows * weights.Inputs * Channels + Overread;
        int outputBytes = Rows * weights.Outputs * Channels;
        byte[] rented = ArrayPool<byte>.Shared.Rent(inputBytes + outputBytes);
        Span<byte> input = rented.AsSpan(0, inputBytes);
        Span<byte> output = rented.AsSpan(inputBytes, outputBytes);
        source.CopyTo(input);
        Group(input, weights, output, lanes);
        output[..destination.Length].CopyTo(destination);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Group(ReadOnlySpan<byte> source, ResampleWeights weights, Span<byte> destination, Lanes lanes)
    {
        // Every load below stays within this many bytes.
        int needed = Rows * weights.Inputs * Channels + Overread;
        ref byte first = ref MemoryMarshal.GetReference(source[..needed]);
        if (lanes == Lanes.Vector256)
        {
            Group256(ref first, weights, destination);
        }
        else
        {
            Group128(ref first, weights, destination);
        }
    }

    private static void Group256(ref byte source, ResampleWeights weights, Span<byte> destination)
    {
        nuint stride = (nuint)(weights.Inputs * Channels);
        int target = weights.Outputs * Channels;
        // r0 g0 b0 r1 g1 b1 and two bytes that are not used; lanes 6 and 7 may hold anything.
        Vector256<int> spread = Vector256.Create(0, 0, 0, 1, 1, 1, 1, 1);
        for (int x = 0; x < weights.Outputs; x++)
        {
            ReadOnlySpan<long> pairs = MemoryMarshal.Cast<int, long>(weights.EvenTaps(x));
            ref byte pixel = ref Unsafe.Add(ref source, weights.Start(x) * Channels);
            Vector256<int> a = Vector256<int>.Zero;
            (Vector256<int> b, Vector256<int> c, Vector256<int> d) = (a, a, a);
            for (int i = 0; i < pairs.Length; i++)
            {
                Vector256<int> weight = Vector256.Shuffle(Vector256.CreateScalarUnsafe(pairs[i]).AsInt32(), spread);
                a += Widen256(ref pixel) * weight;
                b += Widen256(ref Unsafe.Add(ref pixel, stride)) * weight;
                c += Widen256(ref Unsafe.Add(ref pixel, 2 * stride)) * weight;
                d += Widen256(ref Unsafe.Add(ref pixel, 3 * stride)) * weight;
                pixel = ref Unsafe.Add(ref pixel, 2 * Channels);
            }

            Store(Fold(a), destination, x * Channels);
            Store(Fold(b), destination, x * Channels + target);
            Store(Fold(c), destination, x * Channels + 2 * target);
            Store(Fold(d), destination, x * Channels + 3 * target);
        }
    }

    private static void Group128(ref byte source, ResampleWeights weights, Span<byte> destination)
    {
        nuint stride = (nuint)(weights.Inputs * Channels);
        int target = weights.Outputs * Channels;
        for (int x = 0; x < weights.Outputs; x++)
        {
            ReadOnlySpan<int> taps = weights.Taps(x);
            ref byte pixel = ref Unsafe.Add(ref source, weights.Start(x) * Channels);
            Vector128<int> a = Vector128<int>.Zero;
            (Vector128<int> b, Vector128<int> c, Vector128<int> d) = (a, a, a);
            for (int i = 0; i < taps.Length; i++)
            {
                // r g b and the next pixel's red, which is not used
                Vector128<int> weight = Vector128.Create(taps[i]);
                a += Widen128(ref pixel) * weight;
                b += Widen128(ref Unsafe.Add(ref pixel, stride)) * weight;
                c += Widen128(ref Unsafe.Add(ref pixel, 2 * stride)) * weight;
                d += Widen128(ref Unsafe.Add(ref pixel, 3 * stride)) * weight;
                pixel = ref Unsafe.Add(ref pixel, Channels);
            }

            Store(a, destination, x * Channels);
            Store(b, destination, x * Channels + target);
            Store(c, destination, x * Channels + 2 * target);
            Store(d, destination, x * Channels + 3 * target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen256(ref byte pixel) => Vector256.WidenLower(Vector128.WidenLower(
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref pixel)).AsByte()).ToVector256Unsafe()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Widen128(ref byte pixel) => Vector128.WidenLower(Vector128.WidenLower(
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte())).AsInt32();

    /// <summary>Even taps (lanes 0 to 2) plus odd taps (lanes 3 to 5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Fold(Vector256<int> sums) =>
        sums.GetLower() + Vector256.Shuffle(sums, Vector256.Create(3, 4, 5, 6, 7, 7, 7, 7)).GetLower();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<int> sum, Span<byte> destination, int at)
    {
        Vector128<int> pixel = sum + Vector128.Create(ResampleWeights.Rounding) >> ResampleWeights.Precision;
        pixel = Vector128.Min(Vector128.Max(pixel, Vector128<int>.Zero), Vector128.Create(255));
        Span<byte> rgb = destination.Slice(at, Channels);
        rgb[0] = (byte)pixel.GetElement(0);
        rgb[1] = (byte)pixel.GetElement(1);
        rgb[2] = (byte)pixel.GetElement(2);
    }
}

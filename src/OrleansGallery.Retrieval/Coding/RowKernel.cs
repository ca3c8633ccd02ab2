using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The second stage's sum: a row's 8-bit codes against a query's 16-bit codes. Exact in every variant.
/// </summary>
internal static class RowKernel
{
    /// <summary>The sum of products.</summary>
    /// <param name="row">Codes, padded to a multiple of 32.</param>
    /// <param name="query">As many codes; so small that no sum overflows
    /// (<see cref="CascadeBounds.MaxWideCode"/>).</param>
    public static int Sum(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> query)
    {
        if (Avx512BW.IsSupported)
        {
            return Sum512(row, query);
        }

        return Avx2.IsSupported ? Sum256(row, query) : SumScalar(row, query);
    }

    /// <summary>Asks for a row's codes to be brought into the cache.</summary>
    /// <param name="row">The row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ReadOnlySpan<sbyte> row)
    {
        if (Sse.IsSupported)
        {
            // Chunks are pinned.
            sbyte* at = (sbyte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row));
            for (int i = 0; i < row.Length; i += AlignedArray<sbyte>.Alignment)
            {
                Sse.Prefetch0(at + i);
            }
        }
    }

    internal static int SumScalar(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> query)
    {
        int sum = 0;
        for (int i = 0; i < query.Length; i++)
        {
            sum += row[i] * query[i];
        }

        return sum;
    }

    internal static int Sum256(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> query)
    {
        Check(row, query);
        ref sbyte codes = ref MemoryMarshal.GetReference(row);
        ref short wide = ref MemoryMarshal.GetReference(query);
        Vector256<int> lower = default, upper = default;
        for (nuint i = 0; i < (nuint)query.Length; i += ChunkCodes.RowStep)
        {
            lower += Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref codes, i)), Vector256.LoadUnsafe(ref wide, i));
            upper += Avx2.MultiplyAddAdjacent(
                Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref codes, i + 16)),
                Vector256.LoadUnsafe(ref wide, i + 16));
        }

        return Vector256.Sum(lower + upper);
    }

    internal static int Sum512(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> query)
    {
        Check(row, query);
        ref sbyte codes = ref MemoryMarshal.GetReference(row);
        ref short wide = ref MemoryMarshal.GetReference(query);
        Vector512<int> even = default, odd = default;
        nuint i = 0;
        for (; i + (2 * ChunkCodes.RowStep) <= (nuint)query.Length; i += 2 * ChunkCodes.RowStep)
        {
            even += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref codes, i)),
                Vector512.LoadUnsafe(ref wide, i));
            odd += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref codes, i + 32)),
                Vector512.LoadUnsafe(ref wide, i + 32));
        }

        if (i < (nuint)query.Length)
        {
            even += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref codes, i)),
                Vector512.LoadUnsafe(ref wide, i));
        }

        return Vector512.Sum(even + odd);
    }

    private static void Check(ReadOnlySpan<sbyte> row, ReadOnlySpan<short> query)
    {
        if (row.Length != query.Length || query.Length % ChunkCodes.RowStep != 0)
        {
            throw new ArgumentException($"{row.Length} and {query.Length} codes: not equal, or not padded.");
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OrleansGallery.Retrieval;

/// <summary>
/// The first stage's sums: 32 rows of unsigned codes, interleaved by four components, against one query or four queries
/// of signed codes. All variants give the same integers.
/// </summary>
internal static class BlockKernel
{
    /// <summary>Queries that share one pass over a block.</summary>
    public const int Queries = 4;

    private const int BlockRows = ChunkCodes.BlockRows;
    private const int GroupBytes = BlockRows * ChunkCodes.Group;

    /// <summary>
    /// The largest code of a query. Without VNNI two products are added in 16 bits: 2 * 255 * 63 &lt; 2^15.
    /// </summary>
    public static int MaxQueryCode { get; } = AvxVnni.IsSupported || !Avx2.IsSupported ? 127 : 63;

    /// <summary>Sums over the components of a block's rows.</summary>
    /// <param name="block">[rank / 4, 32, 4] codes plus 128.</param>
    /// <param name="query">[rank] codes.</param>
    /// <param name="sums">[32].</param>
    public static void Sum(ReadOnlySpan<byte> block, ReadOnlySpan<sbyte> query, Span<int> sums)
    {
        if (AvxVnni.IsSupported)
        {
            SumVnni(block, query, sums);
        }
        else if (Avx2.IsSupported)
        {
            SumAvx2(block, query, sums);
        }
        else
        {
            SumScalar(block, query, sums);
        }
    }

    /// <summary>The same for four queries, the block being loaded once.</summary>
    /// <param name="block">As above.</param>
    /// <param name="queries">[4, rank] codes.</param>
    /// <param name="sums">[4, 32].</param>
    public static void SumFour(ReadOnlySpan<byte> block, ReadOnlySpan<sbyte> queries, Span<int> sums)
    {
        int rank = queries.Length / Queries;
        if (AvxVnni.IsSupported)
        {
            SumFourVnni(block, queries, rank, sums, 0);
            SumFourVnni(block, queries, rank, sums, BlockRows / 2);
            return;
        }

        for (int query = 0; query < Queries; query++)
        {
            Sum(block, queries.Slice(query * rank, rank), sums.Slice(query * BlockRows, BlockRows));
        }
    }

    internal static void SumScalar(ReadOnlySpan<byte> block, ReadOnlySpan<sbyte> query, Span<int> sums)
    {
        sums[..BlockRows].Clear();
        for (int i = 0; i < query.Length; i++)
        {
            int start = (i / ChunkCodes.Group * GroupBytes) + (i % ChunkCodes.Group);
            for (int row = 0; row < BlockRows; row++)
            {
                sums[row] += block[start + (row * ChunkCodes.Group)] * query[i];
            }
        }
    }

    internal static void SumAvx2(ReadOnlySpan<byte> block, ReadOnlySpan<sbyte> query, Span<int> sums)
    {
        Check(block, query.Length, sums, 1);
        ref byte rows = ref MemoryMarshal.GetReference(block);
        ref sbyte codes = ref MemoryMarshal.GetReference(query);
        Vector256<short> ones = Vector256.Create((short)1);
        Vector256<int> a = default, b = default, c = default, d = default; // rows 0-7, 8-15, 16-23, 24-31
        for (int i = 0; i < query.Length; i += ChunkCodes.Group)
        {
            Vector256<sbyte> four = Broadcast(ref codes, i);
            nuint at = (nuint)(i * BlockRows);
            a += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref rows, at), four), ones);
            b += Avx2.MultiplyAddAdjacent(
                Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref rows, at + 32), four), ones);
            c += Avx2.MultiplyAddAdjacent(
                Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref rows, at + 64), four), ones);
            d += Avx2.MultiplyAddAdjacent(
                Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref rows, at + 96), four), ones);
        }

        Store(sums, a, b, c, d);
    }

    internal static void SumVnni(ReadOnlySpan<byte> block, ReadOnlySpan<sbyte> query, Span<int> sums)
    {
        Check(block, query.Length, sums, 1);
        ref byte rows = ref MemoryMarshal.GetReference(block);
        ref sbyte codes = ref MemoryMarshal.GetReference(query);
        Vector256<int> a = default, b = default, c = default, d = default; // rows 0-7, 8-15, 16-23, 24-31
        for (int i = 0; i < query.Length; i += ChunkCodes.Group)
        {
            Vector256<sbyte> four = Broadcast(ref codes, i);
            nuint at = (nuint)(i * BlockRows);
            a = AvxVnni.MultiplyWideningAndAdd(a, Vector256.LoadUnsafe(ref rows, at), four);
            b = AvxVnni.MultiplyWideningAndAdd(b, Vector256.LoadUnsafe(ref rows, at + 32), four);
            c = AvxVnni.MultiplyWideningAndAdd(c, Vector256.LoadUnsafe(ref rows, at + 64), four);
            d = AvxVnni.MultiplyWideningAndAdd(d, Vector256.LoadUnsafe(ref rows, at + 96), four);
        }

        Store(sums, a, b, c, d);
    }

    // 16 rows x 4 queries: eight sums and what they need fit the registers of AVX2.
    private static void SumFourVnni(
        ReadOnlySpan<byte> block, ReadOnlySpan<sbyte> queries, int rank, Span<int> sums, int firstRow)
    {
        Check(block, rank, sums, Queries);
        ref byte rows = ref MemoryMarshal.GetReference(block);
        ref sbyte codes = ref MemoryMarshal.GetReference(queries);
        Vector256<int> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector256<int> c0 = default, c1 = default, d0 = default, d1 = default;
        for (int i = 0; i < rank; i += ChunkCodes.Group)
        {
            nuint at = (nuint)((i * BlockRows) + (firstRow * ChunkCodes.Group));
            Vector256<byte> lower = Vector256.LoadUnsafe(ref rows, at);
            Vector256<byte> upper = Vector256.LoadUnsafe(ref rows, at + 32);
            Vector256<sbyte> four = Broadcast(ref codes, i);
            a0 = AvxVnni.MultiplyWideningAndAdd(a0, lower, four);
            a1 = AvxVnni.MultiplyWideningAndAdd(a1, upper, four);
            four = Broadcast(ref codes, i + rank);
            b0 = AvxVnni.MultiplyWideningAndAdd(b0, lower, four);
            b1 = AvxVnni.MultiplyWideningAndAdd(b1, upper, four);
            four = Broadcast(ref codes, i + (2 * rank));
            c0 = AvxVnni.MultiplyWideningAndAdd(c0, lower, four);
            c1 = AvxVnni.MultiplyWideningAndAdd(c1, upper, four);
            four = Broadcast(ref codes, i + (3 * rank));
            d0 = AvxVnni.MultiplyWideningAndAdd(d0, lower, four);
            d1 = AvxVnni.MultiplyWideningAndAdd(d1, upper, four);
        }

        ref int target = ref MemoryMarshal.GetReference(sums);
        nuint place = (nuint)firstRow;
        a0.StoreUnsafe(ref target, place);
        a1.StoreUnsafe(ref target, place + 8);
        b0.StoreUnsafe(ref target, place + BlockRows);
        b1.StoreUnsafe(ref target, place + BlockRows + 8);
        c0.StoreUnsafe(ref target, place + (2 * BlockRows));
        c1.StoreUnsafe(ref target, place + (2 * BlockRows) + 8);
        d0.StoreUnsafe(ref target, place + (3 * BlockRows));
        d1.StoreUnsafe(ref target, place + (3 * BlockRows) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<sbyte> Broadcast(ref sbyte codes, int at) =>
        Vector256.Create(
            Unsafe.ReadUnaligned<int>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref codes, at)))).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<int> sums, Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
    {
        ref int target = ref MemoryMarshal.GetReference(sums);
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, 8);
        c.StoreUnsafe(ref target, 16);
        d.StoreUnsafe(ref target, 24);
    }

    // The vector code reads and writes without checks of its own.
    private static void Check(ReadOnlySpan<byte> block, int rank, Span<int> sums, int queries)
    {
        if (rank % ChunkCodes.Group != 0 || block.Length < rank * BlockRows || sums.Length < queries * BlockRows)
        {
            throw new ArgumentException(
                $"A block of {block.Length} bytes, {rank} components and {sums.Length} sums do not fit together.");
        }
    }
}

using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>A zlib stream whose blocks are stored, not compressed (RFC 1950 and 1951).</summary>
internal static class StoredZlib
{
    private const int Header = 2;
    private const int BlockHeader = 5;
    private const int MaxBlock = ushort.MaxValue;
    private const int Trailer = 4;
    private const uint AdlerModulus = 65_521;

    /// <summary>So many sums of bytes fit into 32 bits before the modulus is taken.</summary>
    private const int AdlerRun = 5552;

    public static int Size(int bytes) =>
        checked(Header + BlockHeader * Blocks(bytes) + bytes + Trailer);

    /// <summary>Fills <paramref name="zlib"/> with exactly <paramref name="bytes"/> bytes from a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream has fewer.</exception>
    public static void Fill(Stream source, Span<byte> zlib, int bytes)
    {
        (zlib[0], zlib[1]) = (0x78, 0x01);
        Span<byte> rest = zlib[Header..];
        (uint low, uint high) = (1, 0);
        for (int left = bytes; ;)
        {
            int length = Math.Min(left, MaxBlock);
            left -= length;
            rest[0] = (byte)(left == 0 ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(rest[3..], (ushort)~length);
            Span<byte> block = rest.Slice(BlockHeader, length);
            source.ReadExactly(block);
            AddToSum(block, ref low, ref high);
            rest = rest[(BlockHeader + length)..];
            if (left == 0)
            {
                break;
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(rest, high << 16 | low);
    }

    private static int Blocks(int bytes) => Math.Max(1, (int)(((long)bytes + MaxBlock - 1) / MaxBlock));

    /// <summary>Adler-32: the bytes' sum, and the sum of those sums.</summary>
    private static void AddToSum(ReadOnlySpan<byte> bytes, ref uint low, ref uint high)
    {
        (uint sum, uint sums) = (low, high);
        while (!bytes.IsEmpty)
        {
            int run = Math.Min(bytes.Length, AdlerRun);
            foreach (byte value in bytes[..run])
            {
                sum += value;
                sums += sum;
            }

            (sum, sums) = (sum % AdlerModulus, sums % AdlerModulus);
            bytes = bytes[run..];
        }

        (low, high) = (sum, sums);
    }
}

using System.Buffers.Binary;
using System.Numerics;

namespace OrleansGallery.Storage;

/// <summary>
/// Sums as both stores keep them: one byte, how many bytes a component has, then the components in two's complement,
/// little-endian. An identity of few images needs 5 bytes a component instead of 8.
/// </summary>
internal static class PackedSum
{
    /// <summary>Packs a sum to the width that its largest component needs.</summary>
    /// <param name="sum">Little-endian int64 per component.</param>
    /// <returns>The packed sum.</returns>
    /// <exception cref="StoreDataException">The bytes are no sequence of int64.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> sum)
    {
        if (sum.Length % sizeof(long) != 0)
        {
            throw new StoreDataException($"A sum of {sum.Length} bytes is no sequence of int64.");
        }

        int width = WidthOf(sum);
        byte[] packed = new byte[1 + (sum.Length / sizeof(long) * width)];
        packed[0] = (byte)width;
        int from = 0;
        int to = 1;

        // Eight bytes at once where there is room for them; the next component overwrites what is too much.
        for (; to + sizeof(long) <= packed.Length; from += sizeof(long), to += width)
        {
            sum.Slice(from, sizeof(long)).CopyTo(packed.AsSpan(to));
        }

        for (; from < sum.Length; from += sizeof(long), to += width)
        {
            sum.Slice(from, width).CopyTo(packed.AsSpan(to));
        }

        return packed;
    }

    /// <summary>Gives back what was packed.</summary>
    /// <param name="packed">What <see cref="Pack"/> made.</param>
    /// <returns>Little-endian int64 per component.</returns>
    /// <exception cref="StoreAwayException">It is damaged.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed)
    {
        int width = packed.IsEmpty ? 0 : packed[0];
        if (width is < 1 or > sizeof(long) || (packed.Length - 1) % width != 0)
        {
            throw new StoreAwayException(
                StoreAwayReason.Damaged, $"A stored sum of {packed.Length} bytes, {width} a component, is damaged.");
        }

        byte[] sum = new byte[(packed.Length - 1) / width * sizeof(long)];
        for (int from = 1, to = 0; from < packed.Length; from += width, to += sizeof(long))
        {
            packed.Slice(from, width).CopyTo(sum.AsSpan(to));
            if ((packed[from + width - 1] & 0x80) != 0)
            {
                sum.AsSpan(to + width, sizeof(long) - width).Fill(0xFF);
            }
        }

        return sum;
    }

    private static int WidthOf(ReadOnlySpan<byte> sum)
    {
        // A component's magnitude bits: those that differ from its sign.
        ulong bits = 0;
        for (; !sum.IsEmpty; sum = sum[sizeof(long)..])
        {
            long component = BinaryPrimitives.ReadInt64LittleEndian(sum);
            bits |= (ulong)(component ^ (component >> 63));
        }

        int needed = 64 - BitOperations.LeadingZeroCount(bits) + 1;
        return (needed + 7) / 8;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OrleansGallery.Testing;

/// <summary>A small PNG writer of its own, so that decoder tests do not test a library against itself.</summary>
public static class PngFile
{
    /// <summary>8-bit RGB.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rgb">Interleaved, <c>height * width * 3</c> bytes.</param>
    /// <returns>The file.</returns>
    public static byte[] Rgb(int width, int height, ReadOnlySpan<byte> rgb) =>
        Write(width, height, 8, PngColour.Rgb, rgb);

    /// <summary>Any colour type and depth.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows; as claimed in the header, the data may have fewer.</param>
    /// <param name="bitDepth">Bits per sample.</param>
    /// <param name="colour">The colour type.</param>
    /// <param name="rows">Packed rows without filter bytes.</param>
    /// <param name="chunks">More chunks, written between header and data.</param>
    /// <returns>The file.</returns>
    public static byte[] Write(
        int width,
        int height,
        int bitDepth,
        PngColour colour,
        ReadOnlySpan<byte> rows,
        params ReadOnlySpan<(string Type, byte[] Content)> chunks)
    {
        int stride = (width * Samples(colour) * bitDepth + 7) / 8;
        return Assemble(width, height, bitDepth, colour, 0, Deflate(Filtered(rows, stride)), chunks);
    }

    /// <summary>As <see cref="Write"/>, in the seven passes of Adam7.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bitDepth">Bits per sample.</param>
    /// <param name="colour">The colour type.</param>
    /// <param name="rows">Packed rows without filter bytes, all of them.</param>
    /// <param name="chunks">More chunks, written between header and data.</param>
    /// <returns>The file.</returns>
    public static byte[] WriteInterlaced(
        int width,
        int height,
        int bitDepth,
        PngColour colour,
        ReadOnlySpan<byte> rows,
        params ReadOnlySpan<(string Type, byte[] Content)> chunks) =>
        Assemble(
            width,
            height,
            bitDepth,
            colour,
            1,
            Deflate(PngPasses.Split(width, height, bitDepth * Samples(colour), rows)),
            chunks);

    /// <summary>A PNG of any parts.</summary>
    /// <param name="width">The width field.</param>
    /// <param name="height">The height field.</param>
    /// <param name="bitDepth">The depth field.</param>
    /// <param name="colour">The colour type.</param>
    /// <param name="interlacing">The interlacing field.</param>
    /// <param name="data">The content of IDAT.</param>
    /// <param name="chunks">More chunks, written between header and data.</param>
    /// <returns>The file.</returns>
    public static byte[] Assemble(
        int width,
        int height,
        int bitDepth,
        PngColour colour,
        int interlacing,
        byte[] data,
        params ReadOnlySpan<(string Type, byte[] Content)> chunks)
    {
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bitDepth, (byte)colour, (byte)interlacing);
        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] content) in chunks)
        {
            WriteChunk(file, type, content);
        }

        WriteChunk(file, "IDAT", data);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Puts the right checksum into every chunk that is whole; other files stay as they are.</summary>
    /// <param name="file">A file, which is changed.</param>
    /// <returns>The same file.</returns>
    public static byte[] WithChecksums(byte[] file)
    {
        long chunk = 8;
        while (file is [0x89, (byte)'P', ..] && chunk + 12 <= file.Length)
        {
            long end = chunk + 12 + BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)chunk));
            if (end > file.Length)
            {
                break;
            }

            uint crc = Crc(file.AsSpan((int)chunk + 4, (int)(end - chunk) - 8));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)end - 4), crc);
            chunk = end;
        }

        return file;
    }

    /// <summary>A zlib stream.</summary>
    /// <param name="plain">What it inflates to.</param>
    /// <returns>The stream.</returns>
    public static byte[] Deflate(ReadOnlySpan<byte> plain)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(plain);
        }

        return packed.ToArray();
    }

    private static int Samples(PngColour colour) => colour switch
    {
        PngColour.Rgb => 3,
        PngColour.Rgba => 4,
        PngColour.GreyAlpha => 2,
        _ => 1,
    };

    private static byte[] Filtered(ReadOnlySpan<byte> rows, int stride)
    {
        using MemoryStream filtered = new();
        for (int at = 0; at + stride <= rows.Length; at += stride)
        {
            filtered.WriteByte(0); // no filter
            filtered.Write(rows.Slice(at, stride));
        }

        return filtered.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. content];
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(checkedPart));
        file.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        return ~crc;
    }
}

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
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bitDepth;
        header[9] = (byte)colour;
        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] content) in chunks)
        {
            WriteChunk(file, type, content);
        }

        int samples = colour switch
        {
            PngColour.Rgb => 3,
            PngColour.Rgba => 4,
            PngColour.GreyAlpha => 2,
            _ => 1,
        };
        WriteChunk(file, "IDAT", Deflate(rows, (width * samples * bitDepth + 7) / 8));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Deflate(ReadOnlySpan<byte> rows, int stride)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int at = 0; at + stride <= rows.Length; at += stride)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(rows.Slice(at, stride));
            }
        }

        return packed.ToArray();
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

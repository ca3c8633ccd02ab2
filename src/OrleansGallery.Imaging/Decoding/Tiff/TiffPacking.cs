using System.IO.Compression;

namespace OrleansGallery.Imaging;

/// <summary>Unpacks a strip or tile to exactly as many bytes as it stands for.</summary>
internal static class TiffPacking
{
    /// <summary>Fills <paramref name="plain"/>.</summary>
    /// <exception cref="ImageException">The data stand for fewer bytes, or are broken.</exception>
    public static void Unpack(TiffCompression compression, ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        if (packed.IsEmpty)
        {
            throw ImageException.Truncated(ImageFormat.Tiff, "a strip or tile has no bytes");
        }

        switch (compression)
        {
            case TiffCompression.None:
                new FileBytes(packed, ImageFormat.Tiff).At(0, plain.Length).CopyTo(plain);
                break;
            case TiffCompression.PackBits:
                UnpackBits(packed, plain);
                break;
            case TiffCompression.Lzw:
                TiffRuns.Decode(packed, plain);
                break;
            default:
                Inflate(packed, plain);
                break;
        }
    }

    private static void UnpackBits(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        FileBytes bytes = new(packed, ImageFormat.Tiff);
        long from = 0;
        while (!plain.IsEmpty)
        {
            int code = (sbyte)bytes.U8(from++);
            if (code == sbyte.MinValue)
            {
                continue;
            }

            int count = Math.Min(Math.Abs(code) + 1, plain.Length);
            if (code < 0)
            {
                plain[..count].Fill(bytes.U8(from++));
            }
            else
            {
                bytes.At(from, count).CopyTo(plain);
                from += count;
            }

            plain = plain[count..];
        }
    }

    private static unsafe void Inflate(ReadOnlySpan<byte> packed, Span<byte> plain)
    {
        fixed (byte* start = packed)
        {
            try
            {
                using UnmanagedMemoryStream stream = new(start, packed.Length);
                using ZLibStream zlib = new(stream, CompressionMode.Decompress);
                zlib.ReadExactly(plain);
            }
            catch (EndOfStreamException)
            {
                throw ImageException.Truncated(
                    ImageFormat.Tiff, $"a strip or tile inflates to less than its {plain.Length} bytes");
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException)
            {
                // IOException: zlib's own complaint, for example about a dictionary that is not there.
                throw ImageException.Corrupt(ImageFormat.Tiff, "a strip or tile cannot be inflated", failure);
            }
        }
    }
}

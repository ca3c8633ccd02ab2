using System.Buffers.Binary;

namespace OrleansGallery.Imaging;

/// <summary>One stored row and what is needed to read it.</summary>
internal readonly ref struct BmpRow(ReadOnlySpan<byte> stored, int bits, ReadOnlySpan<byte> palette, BmpMasks masks)
{
    private readonly ReadOnlySpan<byte> _stored = stored;
    private readonly ReadOnlySpan<byte> _palette = palette;

    public void WriteRgb(Span<byte> rgb)
    {
        if (bits <= 8)
        {
            WriteIndexed(rgb);
        }
        else if (bits == 24)
        {
            WriteTrueColour(rgb);
        }
        else
        {
            WriteMasked(rgb, PixelImage.Channels);
        }
    }

    private void WriteIndexed(Span<byte> rgb)
    {
        int width = rgb.Length / PixelImage.Channels;
        int mask = (1 << bits) - 1;
        for (int x = 0; x < width; x++)
        {
            // The leftmost pixel is in the highest bits of a byte.
            int bit = x * bits;
            int index = _stored[bit >> 3] >> 8 - bits - (bit & 7) & mask;
            _palette.Slice(index * PixelImage.Channels, PixelImage.Channels).CopyTo(rgb[(x * PixelImage.Channels)..]);
        }
    }

    private void WriteTrueColour(Span<byte> rgb)
    {
        for (int i = 0; i + 2 < rgb.Length; i += PixelImage.Channels)
        {
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (_stored[i + 2], _stored[i + 1], _stored[i]);
        }
    }

    /// <summary>Red, green, blue, and alpha where pixels have four bytes.</summary>
    public void WriteMasked(Span<byte> pixels, int pixelBytes)
    {
        for (int x = 0, to = 0; to < pixels.Length; x++, to += pixelBytes)
        {
            uint stored = bits == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(_stored[(x * 2)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(_stored[(x * 4)..]);
            Span<byte> pixel = pixels.Slice(to, pixelBytes);
            pixel[0] = BmpMasks.Extract(stored, masks.Red);
            pixel[1] = BmpMasks.Extract(stored, masks.Green);
            pixel[2] = BmpMasks.Extract(stored, masks.Blue);
            if (pixelBytes > PixelImage.Channels)
            {
                pixel[PixelImage.Channels] = BmpMasks.Extract(stored, masks.Alpha);
            }
        }
    }
}

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
            WriteMasked(rgb);
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

    private void WriteMasked(Span<byte> rgb)
    {
        int width = rgb.Length / PixelImage.Channels;
        for (int x = 0; x < width; x++)
        {
            uint pixel = bits == 16
                ? BinaryPrimitives.ReadUInt16LittleEndian(_stored[(x * 2)..])
                : BinaryPrimitives.ReadUInt32LittleEndian(_stored[(x * 4)..]);
            int i = x * PixelImage.Channels;
            rgb[i] = BmpMasks.Extract(pixel, masks.Red);
            rgb[i + 1] = BmpMasks.Extract(pixel, masks.Green);
            rgb[i + 2] = BmpMasks.Extract(pixel, masks.Blue);
        }
    }
}

using System.Numerics;

namespace OrleansGallery.Imaging;

/// <summary>Which bits of a 16 or 32-bit pixel are red, green, blue and alpha.</summary>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue, uint Alpha)
{
    public static BmpMasks Read(FileBytes bytes, BmpHeader bmp)
    {
        BmpMasks trueColour = new(0xFF0000, 0xFF00, 0xFF, 0);
        if (!bmp.HasMasks)
        {
            return bmp.BitsPerPixel == 16 ? new BmpMasks(0x7C00, 0x03E0, 0x001F, 0) : trueColour;
        }

        BmpMasks masks = new(
            bytes.U32Little(BmpHeader.MasksOffset),
            bytes.U32Little(BmpHeader.MasksOffset + 4),
            bytes.U32Little(BmpHeader.MasksOffset + 8),
            bmp.HasAlphaMask ? bytes.U32Little(BmpHeader.MasksOffset + 12) : 0);
        // Masks that are all zero stand for blue, green, red and alpha, as in Pillow.
        return masks == default && bmp is { BitsPerPixel: 32, HasAlphaMask: true }
            ? trueColour with { Alpha = 0xFF000000 }
            : masks;
    }

    /// <summary>A colour of n bits scaled to 0..255, cut and not rounded (as Pillow does).</summary>
    public static byte Extract(uint pixel, uint mask)
    {
        if (mask == 0)
        {
            return 0;
        }

        int shift = BitOperations.TrailingZeroCount(mask);
        ulong value = (pixel & mask) >> shift;
        return (byte)(value * 255 / (mask >> shift));
    }
}

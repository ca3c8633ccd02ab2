using System.Numerics;

namespace OrleansGallery.Imaging;

/// <summary>Which bits of a 16 or 32-bit pixel are red, green and blue.</summary>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue)
{
    public static BmpMasks Read(FileBytes bytes, BmpHeader bmp) => bmp switch
    {
        { HasMasks: true } => new BmpMasks(
            bytes.U32Little(BmpHeader.MasksOffset),
            bytes.U32Little(BmpHeader.MasksOffset + 4),
            bytes.U32Little(BmpHeader.MasksOffset + 8)),
        { BitsPerPixel: 16 } => new BmpMasks(0x7C00, 0x03E0, 0x001F),
        _ => new BmpMasks(0xFF0000, 0xFF00, 0xFF),
    };

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

namespace OrleansGallery.Imaging;

/// <summary>Unpacked samples as pixels; of 16-bit samples the high byte is kept.</summary>
internal sealed class TiffRows(TiffLayout layout, byte[] samples, byte[] palette)
{
    private readonly int _rowBytes = layout.RowBytes(layout.Width);

    /// <summary>Writes a row with three or four bytes per pixel.</summary>
    public void WriteRow(int y, Span<byte> pixels, int pixelBytes)
    {
        for (int x = 0; x < layout.Width; x++)
        {
            Span<byte> pixel = pixels.Slice(x * pixelBytes, pixelBytes);
            WriteColour(y, x, pixel);
            if (layout.Alpha == TiffAlpha.None)
            {
                pixel[3..].Fill(byte.MaxValue);
                continue;
            }

            byte alpha = Sample(y, x, TiffKinds.ColourSamples(layout.Colour));
            pixel[3..].Fill(alpha);
            if (layout.Alpha == TiffAlpha.Associated)
            {
                Divide(pixel[..3], alpha);
            }
        }
    }

    private void WriteColour(int y, int x, Span<byte> pixel)
    {
        byte first = Sample(y, x, 0);
        switch (layout.Colour)
        {
            case TiffColour.Rgb:
                (pixel[0], pixel[1], pixel[2]) = (first, Sample(y, x, 1), Sample(y, x, 2));
                break;
            case TiffColour.Cmyk:
                Inks.ToRgb(first, Sample(y, x, 1), Sample(y, x, 2), Sample(y, x, 3), pixel);
                break;
            case TiffColour.Palette:
                palette.AsSpan(first * PixelImage.Channels, PixelImage.Channels).CopyTo(pixel);
                break;
            default:
                int grey = layout.Bits < 8 ? first * byte.MaxValue / ((1 << layout.Bits) - 1) : first;
                pixel[..3].Fill((byte)(layout.Colour == TiffColour.WhiteIsZero ? byte.MaxValue - grey : grey));
                break;
        }
    }

    private byte Sample(int y, int x, int sample)
    {
        (int plane, int within) = layout.IsPlanar ? (sample, 0) : (0, sample);
        int row = (plane * layout.Height + y) * _rowBytes;
        int index = x * layout.SamplesInPlane + within;
        return layout.Bits switch
        {
            8 => samples[row + index],
            16 => samples[row + index * 2 + (layout.IsBigEndian ? 0 : 1)],
            int bits => (byte)(samples[row + (index * bits >> 3)] >> 8 - bits - (index * bits & 7) & (1 << bits) - 1),
        };
    }

    /// <summary>Undoes the multiplication with alpha, cut and not rounded (as Pillow does).</summary>
    private static void Divide(Span<byte> colour, byte alpha)
    {
        foreach (ref byte value in colour)
        {
            value = alpha == 0 ? (byte)0 : (byte)Math.Min(byte.MaxValue, value * byte.MaxValue / alpha);
        }
    }
}

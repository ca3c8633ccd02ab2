using NetVips;

namespace OrleansGallery.Imaging;

/// <summary>How a libvips image lays out its samples, and how they become RGB.</summary>
internal readonly record struct VipsSamples
{
    private int Bands { get; init; }

    private int SampleBytes { get; init; }

    private Colours Colour { get; init; }

    public int PixelBytes => Bands * SampleBytes;

    /// <summary>Checks that the library saw the same picture as our own header reader.</summary>
    public static VipsSamples Of(Image image, ImageHeader header)
    {
        if (image.Width != header.Width || image.Height != header.Height)
        {
            throw ImageException.Corrupt(
                header.Format,
                $"its header says {header.Width} x {header.Height}, its content {image.Width} x {image.Height}");
        }

        int sampleBytes = image.Format switch
        {
            Enums.BandFormat.Uchar => 1,
            Enums.BandFormat.Ushort => 2,
            _ => 0,
        };
        Colours colour = (image.Interpretation, image.Bands) switch
        {
            (Enums.Interpretation.Bw or Enums.Interpretation.Grey16, 1 or 2) => Colours.Grey,
            (Enums.Interpretation.Srgb or Enums.Interpretation.Rgb or Enums.Interpretation.Rgb16, 3 or 4) =>
                Colours.Rgb,
            (Enums.Interpretation.Cmyk, 4 or 5) => Colours.Cmyk,
            _ => Colours.Unknown,
        };
        return sampleBytes > 0 && colour != Colours.Unknown
            ? new VipsSamples { Bands = image.Bands, SampleBytes = sampleBytes, Colour = colour }
            : throw ImageException.Unsupported(
                header.Format, $"{image.Bands} bands of {image.Format} as {image.Interpretation}");
    }

    /// <summary>Converts whole pixels; alpha and other extra bands are left out.</summary>
    public void WriteRgb(ReadOnlySpan<byte> samples, Span<byte> rgb)
    {
        if (Colour == Colours.Rgb && PixelBytes == PixelImage.Channels)
        {
            samples.CopyTo(rgb);
            return;
        }

        // Of a 16-bit sample the high byte is kept.
        int high = SampleBytes == 2 && BitConverter.IsLittleEndian ? 1 : 0;
        int from = high;
        for (int to = 0; to < rgb.Length; to += PixelImage.Channels, from += PixelBytes)
        {
            int second = Colour == Colours.Grey ? from : from + SampleBytes;
            int third = Colour == Colours.Grey ? from : from + 2 * SampleBytes;
            int keep = Colour == Colours.Cmyk ? 255 - samples[from + 3 * SampleBytes] : 255;
            if (Colour == Colours.Cmyk)
            {
                rgb[to] = Inked(samples[from], keep);
                rgb[to + 1] = Inked(samples[second], keep);
                rgb[to + 2] = Inked(samples[third], keep);
            }
            else
            {
                (rgb[to], rgb[to + 1], rgb[to + 2]) = (samples[from], samples[second], samples[third]);
            }
        }
    }

    /// <summary>
    /// (255 - C)(255 - K) / 255 as Pillow rounds it: 255 - K, less the product of C with it. libvips has already turned
    /// over the samples of Adobe's JPEGs, which store 255 - C.
    /// </summary>
    private static byte Inked(int ink, int keep)
    {
        int product = ink * keep + 128;
        return (byte)Math.Max(0, keep - ((product >> 8) + product >> 8));
    }

    private enum Colours
    {
        Unknown,
        Grey,
        Rgb,
        Cmyk,
    }
}

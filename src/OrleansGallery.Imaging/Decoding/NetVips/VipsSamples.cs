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

    /// <summary>Converts to three or four bytes per pixel, the fourth alpha; extra bands are left out.</summary>
    public void Write(ReadOnlySpan<byte> samples, Span<byte> pixels, int pixelBytes)
    {
        if (Colour == Colours.Rgb && PixelBytes == PixelImage.Channels && pixelBytes == PixelImage.Channels)
        {
            samples.CopyTo(pixels);
            return;
        }

        // Of a 16-bit sample the high byte is kept.
        int from = SampleBytes == 2 && BitConverter.IsLittleEndian ? 1 : 0;
        int alpha = Colour != Colours.Cmyk && (Bands is 2 or 4) ? (Bands - 1) * SampleBytes : -1;
        for (int to = 0; to < pixels.Length; to += pixelBytes, from += PixelBytes)
        {
            Span<byte> pixel = pixels.Slice(to, pixelBytes);
            int second = Colour == Colours.Grey ? from : from + SampleBytes;
            int third = Colour == Colours.Grey ? from : from + 2 * SampleBytes;
            if (Colour == Colours.Cmyk)
            {
                // libvips has already turned over the samples of Adobe's JPEGs, which store 255 - C.
                byte black = samples[from + 3 * SampleBytes];
                Inks.ToRgb(samples[from], samples[second], samples[third], black, pixel);
            }
            else
            {
                (pixel[0], pixel[1], pixel[2]) = (samples[from], samples[second], samples[third]);
            }

            if (pixelBytes > PixelImage.Channels)
            {
                pixel[PixelImage.Channels] = alpha < 0 ? byte.MaxValue : samples[from + alpha];
            }
        }
    }

    private enum Colours
    {
        Unknown,
        Grey,
        Rgb,
        Cmyk,
    }
}

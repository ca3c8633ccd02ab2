using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Depths and colour types, against pixels worked out here.</summary>
public sealed class PngVarietyTests
{
    private const int Width = 16;
    private const int Height = 3;
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Decode_Grey_IsScaledToEightBits(int bits)
    {
        byte[] rows = FormulaPixels.Rgb(Width, Height)[..(Width * Height * bits / 8)];

        PixelImage image = _decoder.Decode(PngFile.Write(Width, Height, bits, PngColour.Grey, rows));

        int max = (1 << bits) - 1;
        Check(image, i => Grey(Unpack(rows, i, bits) * 255 / max));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Decode_Palette_GivesItsColours(int bits)
    {
        byte[] rows = FormulaPixels.Rgb(Width, Height)[..(Width * Height * bits / 8)];
        byte[] palette = FormulaPixels.Rgb(1 << bits, 1);

        PixelImage image = _decoder.Decode(
            PngFile.Write(Width, Height, bits, PngColour.Palette, rows, ("PLTE", palette)));

        Check(image, i => Colour(palette, Unpack(rows, i, bits)));
    }

    [Fact]
    public void Decode_TransparentPaletteEntries_KeepTheirColours()
    {
        byte[] rows = [.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i % 8))];
        byte[] palette = FormulaPixels.Rgb(8, 1);
        byte[] alphas = [0, 10, 255, 128, 0];

        PixelImage image = _decoder.Decode(
            PngFile.Write(Width, Height, 8, PngColour.Palette, rows, ("PLTE", palette), ("tRNS", alphas)),
            Transparency.Drop);

        Check(image, i => Colour(palette, rows[i]));
    }

    [Fact]
    public void Decode_AlphaToBeDropped_IsNotBlended()
    {
        byte[] rgb = FormulaPixels.Rgb(Width, Height);
        byte[] rgba = new byte[Width * Height * 4];
        byte[] greyAlpha = new byte[Width * Height * 2];
        for (int i = 0; i < Width * Height; i++)
        {
            rgb.AsSpan(i * 3, 3).CopyTo(rgba.AsSpan(i * 4));
            rgba[i * 4 + 3] = (byte)(i * 5);
            greyAlpha[i * 2] = rgb[i];
            greyAlpha[i * 2 + 1] = (byte)(i * 5);
        }

        byte[] colour = PngFile.Write(Width, Height, 8, PngColour.Rgba, rgba);
        byte[] grey = PngFile.Write(Width, Height, 8, PngColour.GreyAlpha, greyAlpha);
        Check(_decoder.Decode(colour, Transparency.Drop), i => Colour(rgb, i));
        Check(_decoder.Decode(grey, Transparency.Drop), i => Grey(rgb[i]));
    }

    [Theory]
    [InlineData(PngColour.Grey, 1)]
    [InlineData(PngColour.GreyAlpha, 2)]
    [InlineData(PngColour.Rgb, 3)]
    [InlineData(PngColour.Rgba, 4)]
    public void Decode_SixteenBits_IsCutToEight(PngColour colour, int samples)
    {
        // Multiples of 257, for which cutting and rounding agree.
        byte[] values = FormulaPixels.Rgb(Width * samples, Height)[..(Width * Height * samples)];
        byte[] rows = [.. values.SelectMany(value => new[] { value, value })];

        PixelImage image = _decoder.Decode(PngFile.Write(Width, Height, 16, colour, rows), Transparency.Drop);

        Check(image, i => samples < 3
            ? Grey(values[i * samples])
            : (values[i * samples], values[i * samples + 1], values[i * samples + 2]));
    }

    [Fact]
    public void Decode_GammaAndProfile_AreIgnored()
    {
        byte[] rgb = FormulaPixels.Rgb(Width, Height);
        byte[] file = PngFile.Write(Width, Height, 8, PngColour.Rgb, rgb, ("gAMA", [0, 0, 0xFF, 0xFF]));

        Check(_decoder.Decode(file), i => Colour(rgb, i));
    }

    private static void Check(PixelImage image, Func<int, (byte Red, byte Green, byte Blue)> expected)
    {
        Assert.Equal((Width, Height), (image.Width, image.Height));
        for (int i = 0; i < Width * Height; i++)
        {
            ReadOnlySpan<byte> pixel = image.Pixels.Span.Slice(i * 3, 3);
            Assert.Equal(expected(i), (pixel[0], pixel[1], pixel[2]));
        }
    }

    private static int Unpack(byte[] rows, int i, int bits) =>
        rows[i * bits / 8] >> 8 - bits - i * bits % 8 & (1 << bits) - 1;

    private static (byte Red, byte Green, byte Blue) Grey(int value) => ((byte)value, (byte)value, (byte)value);

    private static (byte Red, byte Green, byte Blue) Colour(byte[] rgb, int i) =>
        (rgb[i * 3], rgb[i * 3 + 1], rgb[i * 3 + 2]);
}

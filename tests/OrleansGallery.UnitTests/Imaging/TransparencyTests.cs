using System.Security.Cryptography;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class TransparencyTests
{
    private static readonly byte[] Colour = [200, 100, 50];
    private static readonly Transparency Blue = Transparency.On(0x12, 0x80, 0xF0);
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData("white", "white")]
    [InlineData("White", "white")]
    [InlineData("#ffffff", "white")]
    [InlineData("drop", "drop")]
    [InlineData("DROP", "drop")]
    [InlineData("#1280F0", "#1280f0")]
    [InlineData("#000000", "#000000")]
    public void Parse_Form_IsWrittenBack(string text, string canonical)
    {
        Transparency value = Transparency.Parse(text);

        Assert.Equal(canonical, value.ToString());
        Assert.Equal(value, Transparency.Parse(value.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("black")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("1280f0")]
    [InlineData("#12 4f0")]
    [InlineData("#-12345")]
    [InlineData(" white")]
    public void Parse_AnythingElse_IsQuoted(string text)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => Transparency.Parse(text));

        Assert.Contains($"'{text}'", refusal.Message, StringComparison.Ordinal);
        Assert.False(Transparency.TryParse(text, out _));
    }

    [Fact]
    public void Default_IsWhite()
    {
        Assert.Equal(Transparency.White, default);
        Assert.NotEqual(Transparency.White, Transparency.Drop);
        Assert.Equal((255, 255, 255), (Transparency.White.Red, Transparency.White.Green, Transparency.White.Blue));
        Assert.Equal((0x12, 0x80, 0xF0), (Blue.Red, Blue.Green, Blue.Blue));
    }

    [Fact]
    public void Decode_EveryColourAndAlpha_IsRounded()
    {
        PixelImage image = _decoder.Decode(EveryAlpha(), Blue);

        for (int i = 0; i < 256 * 256; i++)
        {
            (int x, int alpha) = (i % 256, i / 256);
            double exact = (x * alpha + 0x12 * (255 - alpha)) / 255.0;
            Assert.Equal(Math.Round(exact), image.Pixels.Span[i * 3]);
        }
    }

    /// <summary>The first half of the SHA-256 of what Pillow 9.4 pastes through the picture's own alpha.</summary>
    [Theory]
    [InlineData("white", "25f1a6efe873107875a9a7d1d815cb8c")]
    [InlineData("#1280f0", "824f411e1dc9e71bc50a640266a836cd")]
    [InlineData("#000000", "aa1f7c10cbbc1b900138671eb2cc912a")]
    public void Decode_EveryColourAndAlpha_EqualsPillow(string transparency, string sha256)
    {
        PixelImage image = _decoder.Decode(EveryAlpha(), Transparency.Parse(transparency));

        string hash = Convert.ToHexStringLower(SHA256.HashData(image.Pixels.Span));
        Assert.StartsWith(sha256, hash, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], byte> Transparent => new()
    {
        // A name, a picture of one pixel (200, 100, 50) and its alpha.
        { "PNG", PngFile.Write(1, 1, 8, PngColour.Rgba, [200, 100, 50, 40]), 40 },
        { "PNG, 16 bits", PngFile.Write(1, 1, 16, PngColour.Rgba, [200, 9, 100, 9, 50, 9, 40, 9]), 40 },
        { "PNG, palette", PngFile.Write(1, 1, 8, PngColour.Palette, [0], ("PLTE", Colour), ("tRNS", [40])), 40 },
        { "PNG, colour", PngFile.Write(1, 1, 8, PngColour.Rgb, Colour, ("tRNS", [0, 200, 0, 100, 0, 50])), 0 },
        { "PNG, opaque", PngFile.Write(1, 1, 8, PngColour.Rgb, Colour, ("tRNS", [0, 200, 0, 100, 0, 51])), 255 },
        { "BMP", BmpWithAlpha([50, 100, 200, 40]), 40 },
        { "BMP without masks", BmpFile.Write(1, 1, 32, 0, [], [50, 100, 200, 40]), 255 },
        { "TIFF", TiffFile.Write(1, 1, 8, 2, 4, [200, 100, 50, 40], (338, [2])), 40 },
        { "TIFF, unexplained", TiffFile.Write(1, 1, 8, 2, 4, [200, 100, 50, 40]), 40 },
        { "TIFF, no alpha", TiffFile.Write(1, 1, 8, 2, 4, [200, 100, 50, 40], (338, [0])), 255 },
        { "TIFF, multiplied", TiffFile.Write(1, 1, 8, 2, 4, [40, 20, 10, 51], (338, [1])), 51 },
        { "GIF", GifWithTransparentIndex(0), 0 },
        { "GIF, opaque", GifWithTransparentIndex(1), 255 },
    };

    [Theory]
    [MemberData(nameof(Transparent))]
    public void Decode_TransparentPixel_IsComposedOrDropped(string name, byte[] file, byte alpha)
    {
        byte[] ground = [0x12, 0x80, 0xF0];

        Assert.Equal(Colour, _decoder.Decode(file, Transparency.Drop).Pixels.ToArray());
        AssertComposed(Colour, alpha, [255, 255, 255], _decoder.Decode(file), name);
        AssertComposed(Colour, alpha, ground, _decoder.Decode(file, Blue), name);
    }

    [Fact]
    public void Decode_TransparentWebP_IsComposed()
    {
        SampleFile sample = WebPSamples.WebPAlpha; // alpha 90 everywhere

        byte[] pixels = _decoder.Decode(sample.File).Pixels.ToArray();

        Assert.Equal(sample.Pixels.Select(colour => (byte)((colour * 90 + 255 * 165 + 127) / 255)), pixels);
    }

    [Fact]
    public void Decode_TransparentAndTurned_IsComposedAndUpright()
    {
        byte[] exif = [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
        byte[] rows = [200, 100, 50, 0, 10, 20, 30, 255];

        PixelImage image = _decoder.Decode(PngFile.Write(2, 1, 8, PngColour.Rgba, rows, ("eXIf", exif)));

        Assert.Equal((1, 2), (image.Width, image.Height));
        Assert.Equal([255, 255, 255, 10, 20, 30], image.Pixels.ToArray());
    }

    private static void AssertComposed(byte[] colour, byte alpha, byte[] ground, PixelImage image, string name)
    {
        byte[] expected = [.. colour.Select((c, i) => (byte)((c * alpha + ground[i] * (255 - alpha) + 127) / 255))];
        PixelAssert.Same(expected, image.Pixels.Span, name);
    }

    private static byte[] EveryAlpha()
    {
        byte[] rgba = new byte[256 * 256 * 4];
        for (int i = 0; i < 256 * 256; i++)
        {
            int x = i % 256;
            (rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2]) = ((byte)x, (byte)(255 - x), (byte)(x * 7));
            rgba[i * 4 + 3] = (byte)(i / 256);
        }

        return PngFile.Write(256, 256, 8, PngColour.Rgba, rgba);
    }

    private static byte[] BmpWithAlpha(byte[] pixel)
    {
        // A header of version 3 (56 bytes): its four masks are where a shorter one has its tables.
        byte[] masks = [0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF];
        byte[] file = BmpFile.Write(1, 1, 32, 3, masks, pixel);
        file[14] = 56;
        return file;
    }

    private static byte[] GifWithTransparentIndex(byte index) =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 200, 100, 50, 1, 2, 3,
        0x21, 0xF9, 4, 1, 0, 0, index, 0,
        0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0b01_000_100, 0x01, 0, 0x3B,
    ];
}

using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class OrientationTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    public static TheoryData<int, bool> All =>
        [.. from value in Enumerable.Range(1, 8) from bigEndian in new[] { false, true } select (value, bigEndian)];

    [Theory]
    [MemberData(nameof(All))]
    public void Decode_JpegWithOrientation_IsUpright(int orientation, bool bigEndian)
    {
        byte[] file = WithExif(JpegSamples.Jpeg444.File, Exif(orientation, bigEndian));
        PixelImage stored = _decoder.Decode(JpegSamples.Jpeg444.File);

        PixelImage upright = _decoder.Decode(file);

        AssertTurned(stored, upright, orientation);
        Assert.Equal((Orientation)orientation, _decoder.Inspect(file).Orientation);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decode_LargePngWithOrientation_IsUpright(int orientation, bool bigEndian)
    {
        byte[] rgb = FormulaPixels.Rgb(1201, 77);
        byte[] file = PngFile.Write(1201, 77, 8, PngColour.Rgb, rgb, ("eXIf", Exif(orientation, bigEndian)));

        AssertTurned(new PixelImage(1201, 77, rgb), _decoder.Decode(file), orientation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65_535)]
    public void Decode_MeaninglessOrientation_IsIgnored(int orientation) =>
        JpegSamples.Jpeg444.AssertPixels(_decoder.Decode(WithExif(JpegSamples.Jpeg444.File, Exif(orientation, true))));

    [Fact]
    public void Decode_BrokenExif_IsIgnored()
    {
        byte[] exif = Exif(6, bigEndian: false);
        const int needed = 8 + 2 + 12; // header, count, the entry
        for (int length = 0; length < exif.Length; length++)
        {
            byte[] file = WithExif(JpegSamples.Jpeg444.File, exif[..length]);

            PixelImage image = _decoder.Decode(file);

            Assert.Equal(length >= needed ? (14, 20) : (20, 14), (image.Width, image.Height));
        }
    }

    private static byte[] Exif(int orientation, bool bigEndian)
    {
        (byte high, byte low) = ((byte)(orientation >> 8), (byte)orientation);
        return bigEndian
            ? [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, high, low, 0, 0, 0, 0, 0, 0]
            : [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, low, high, 0, 0, 0, 0, 0, 0];
    }

    private static byte[] WithExif(byte[] jpeg, byte[] exif)
    {
        int length = 2 + 6 + exif.Length;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. exif, .. jpeg[2..]];
    }

    /// <summary>By the definition of the tag: which stored pixel is at each upright place.</summary>
    private static void AssertTurned(PixelImage stored, PixelImage upright, int orientation)
    {
        (int w, int h) = (stored.Width, stored.Height);
        Assert.Equal(orientation >= 5 ? (h, w) : (w, h), (upright.Width, upright.Height));
        for (int y = 0; y < upright.Height; y++)
        {
            for (int x = 0; x < upright.Width; x++)
            {
                (int sx, int sy) = orientation switch
                {
                    1 => (x, y),
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                Assert.True(
                    stored.Pixels.Span.Slice((sy * w + sx) * 3, 3)
                        .SequenceEqual(upright.Pixels.Span.Slice((y * upright.Width + x) * 3, 3)),
                    $"Pixel ({x}, {y}) of orientation {orientation}.");
            }
        }
    }
}

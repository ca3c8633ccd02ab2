using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class ThumbnailTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData(1024, 512, 256, 128)]
    [InlineData(512, 1024, 128, 256)]
    [InlineData(257, 257, 256, 256)]
    [InlineData(9000, 3, 256, 1)]
    [InlineData(256, 100, 256, 100)]
    [InlineData(1, 1, 1, 1)]
    public void Make_OfAnySize_HasTheLongestSideAtMost(int width, int height, int expectedWidth, int expectedHeight)
    {
        byte[] file = Thumbnails.Make(new PixelImage(width, height, FormulaPixels.Rgb(width, height)));

        ImageHeader header = _decoder.Inspect(file);

        Assert.Equal(
            (ImageFormat.Jpeg, expectedWidth, expectedHeight), (header.Format, header.Width, header.Height));
    }

    [Fact]
    public void Make_OfHalves_ShowsThemUpright()
    {
        byte[] rgb = new byte[600 * 400 * 3];
        for (int i = 0; i < rgb.Length; i += 3)
        {
            // Red on the left, blue on the right.
            rgb[(i / 3 % 600) < 300 ? i : i + 2] = 250;
        }

        PixelImage small = _decoder.Decode(Thumbnails.Make(new PixelImage(600, 400, rgb)));

        Assert.Equal((256, 171), (small.Width, small.Height));
        ReadOnlySpan<byte> left = small.Pixels.Span.Slice(((85 * 256) + 40) * 3, 3);
        ReadOnlySpan<byte> right = small.Pixels.Span.Slice(((85 * 256) + 216) * 3, 3);
        Assert.True(left[0] > 230 && left[2] < 25, $"{left[0]} {left[1]} {left[2]}");
        Assert.True(right[2] > 230 && right[0] < 25, $"{right[0]} {right[1]} {right[2]}");
    }

    [Fact]
    public void Make_OfAnything_HoldsNoMetadata()
    {
        byte[] file = Thumbnails.Make(new PixelImage(300, 200, FormulaPixels.Rgb(300, 200)));

        // Segments up to the scan: JFIF's own (APP0) and what decodes the pixels.
        for (int at = 2; file[at + 1] != 0xDA; at += 2 + (file[at + 2] << 8 | file[at + 3]))
        {
            Assert.Equal(0xFF, file[at]);
            Assert.Contains(file[at + 1], (byte[])[0xE0, 0xDB, 0xC0, 0xC4]);
        }
    }
}

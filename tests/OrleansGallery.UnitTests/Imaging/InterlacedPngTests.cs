using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Adam7: bare ImageSharp never returns from such a file whose data end early.</summary>
public sealed class InterlacedPngTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData(PngColour.Grey, 1, 1)]
    [InlineData(PngColour.Grey, 4, 1)]
    [InlineData(PngColour.Rgb, 8, 3)]
    [InlineData(PngColour.Rgba, 8, 4)]
    [InlineData(PngColour.Rgb, 16, 3)]
    public void Decode_EverySmallSize_EqualsThePlainPicture(PngColour colour, int bits, int samples)
    {
        for (int width = 1; width <= 17; width++)
        {
            for (int height = 1; height <= 9; height++)
            {
                int bytes = (width * samples * bits + 7) / 8 * height;
                byte[] rows = [.. FormulaPixels.Rgb(40, 60).AsSpan(0, bytes)];
                PixelImage plain = _decoder.Decode(PngFile.Write(width, height, bits, colour, rows));

                PixelImage image = _decoder.Decode(PngFile.WriteInterlaced(width, height, bits, colour, rows));

                PixelAssert.Same(plain.Pixels.Span, image.Pixels.Span, $"{width} x {height}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decode_DataThatInflateToLess_IsTruncated(int interlacing)
    {
        using DeadlineDecoder decoder = new(new ImagingOptions());
        byte[] inflated = new byte[19 * 3 * 13 + 13];
        for (int length = 0; length < inflated.Length; length += 7)
        {
            byte[] data = PngFile.Deflate(inflated.AsSpan(0, length));
            byte[] file = PngFile.Assemble(19, 13, 8, PngColour.Rgb, interlacing, data);

            Assert.False(decoder.TryDecode(file, Deadline, $"{length} bytes"));
            Assert.Equal(ImageFault.Truncated, Fault(file));
        }
    }

    [Fact]
    public void Decode_DataCutInTheMiddle_IsRefused()
    {
        using DeadlineDecoder decoder = new(new ImagingOptions());
        byte[] whole = PngFile.Deflate(PngPassesOf(FormulaPixels.Rgb(19, 13)));
        for (int length = 0; length < whole.Length - 4; length += 5) // Four bytes of checksum are not needed.
        {
            byte[] file = PngFile.Assemble(19, 13, 8, PngColour.Rgb, 1, whole[..length]);

            Assert.False(decoder.TryDecode(file, Deadline, $"{length} bytes"));
        }
    }

    [Fact]
    public void Decode_DataThatInflateToMore_IgnoresTheRest()
    {
        byte[] rgb = FormulaPixels.Rgb(19, 13);
        byte[] data = PngFile.Deflate([.. PngPassesOf(rgb), .. new byte[50_000_000]]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        PixelImage image = _decoder.Decode(PngFile.Assemble(19, 13, 8, PngColour.Rgb, 1, data));

        PixelAssert.Same(rgb, image.Pixels.Span, "with more data");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static byte[] PngPassesOf(byte[] rgb) => PngPasses.Split(19, 13, 24, rgb);

    private ImageFault Fault(byte[] file) => Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault;
}

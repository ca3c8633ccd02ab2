using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Read as Pillow reads them: the screen grows to the frame, and nothing behind the frame matters.</summary>
public sealed class GifTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Decode_NoTrailer_IsWhole() =>
        GifSamples.Gif.AssertDecoded(_decoder, GifSamples.Gif.File.AsMemory(0, GifSamples.Gif.File.Length - 1));

    [Fact]
    public void Decode_ScreenOfNoSize_HasTheFramesSize()
    {
        byte[] file = [.. GifSamples.Gif.File];
        file.AsSpan(6, 4).Clear();

        GifSamples.Gif.AssertDecoded(_decoder, file);
        ImageHeader header = _decoder.Inspect(file);
        Assert.Equal((20, 14), (header.Width, header.Height));
    }

    [Fact]
    public void Decode_FrameLargerThanItsScreen_GrowsTheScreen()
    {
        byte[] file = [.. GifSamples.Gif.File];
        file[6] = 1; // the screen's width; the frame keeps 20

        GifSamples.Gif.AssertDecoded(_decoder, file);
    }

    [Fact]
    public void Decode_FrameThatGrowsBeyondALimit_IsRefusedByItsHeader()
    {
        byte[] file = Tiny(left: 60_000);

        Assert.Equal(ImageFault.SideTooLong, Fault(file));
    }

    [Fact]
    public void Decode_AroundTheFrame_IsTheFirstColour()
    {
        PixelImage image = _decoder.Decode(Tiny(left: 1));

        Assert.Equal((2, 1), (image.Width, image.Height));
        Assert.Equal([200, 100, 50, 1, 2, 3], image.Pixels.ToArray());
    }

    [Fact]
    public void Decode_AroundATransparentFrame_IsTransparent()
    {
        byte[] control = [0x21, 0xF9, 4, 1, 0, 0, 1, 0];
        byte[] file = Tiny(left: 1, extensions: control);

        Assert.Equal([255, 255, 255, 255, 255, 255], _decoder.Decode(file).Pixels.ToArray());
        Assert.Equal([1, 2, 3, 1, 2, 3], _decoder.Decode(file, Transparency.Drop).Pixels.ToArray());
    }

    [Fact]
    public void Decode_LongCodesInterlaced_AreUndone()
    {
        byte[] rgb = FormulaPixels.Rgb(LongRunSamples.Width, LongRunSamples.Height);

        PixelImage image = _decoder.Decode(LongRunSamples.Gif);

        PixelAssert.Same([.. rgb.Select((_, i) => rgb[i - i % 3])], image.Pixels.Span, "GIF of long codes");
    }

    [Fact]
    public void Decode_HundredThousandsOfExtensions_AreSkipped()
    {
        byte[] comments = [.. Enumerable.Repeat((byte[])[0x21, 0xFE, 1, 65, 0], 500_000).SelectMany(block => block)];

        Assert.Equal([200, 100, 50, 1, 2, 3], _decoder.Decode(Tiny(1, comments)).Pixels.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0 }, ImageFault.Truncated)] // No code at all.
    [InlineData(new byte[] { 1, 0b101_100, 0 }, ImageFault.Truncated)] // Clear, then the end.
    [InlineData(new byte[] { 1, 0b111_100, 0 }, ImageFault.Corrupt)] // A code of an empty table.
    [InlineData(new byte[] { 200 }, ImageFault.Truncated)] // The block leaves the file.
    public void Decode_BrokenCodes_AreRefused(byte[] data, ImageFault fault) =>
        Assert.Equal(fault, Fault([.. Tiny(0)[..^4], .. data]));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(255)]
    public void Decode_CodesOfImpossibleSize_AreCorrupt(byte bits)
    {
        byte[] file = Tiny(0);
        file[^5] = bits;

        Assert.Equal(ImageFault.Corrupt, Fault(file));
    }

    /// <summary>One pixel of the second of two colours, and no trailer.</summary>
    private static byte[] Tiny(int left, params byte[] extensions) =>
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 200, 100, 50, 1, 2, 3, .. extensions,
        0x2C, (byte)left, (byte)(left >> 8), 0, 0, 1, 0, 1, 0, 0,
        2, 2, 0b01_001_100, 0x01, 0,
    ];

    private ImageFault Fault(byte[] file) => Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault;
}

using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class DecoderTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    public static TheoryData<string> Samples => [.. SampleFile.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_Sample_GivesItsPixels(string name)
    {
        SampleFile sample = SampleFile.Named(name);

        sample.AssertDecoded(_decoder, sample.File);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Inspect_Sample_GivesFormatAndUprightSize(string name)
    {
        SampleFile sample = SampleFile.Named(name);

        ImageHeader header = _decoder.Inspect(sample.File);

        Assert.Equal(sample.Format, header.Format);
        Assert.Equal((sample.Width, sample.Height), (header.UprightWidth, header.UprightHeight));
    }

    [Fact]
    public void Decode_PartOfALargerBuffer_ReadsThatPartOnly()
    {
        SampleFile sample = JpegSamples.Jpeg444;
        byte[] buffer = [1, 2, 3, .. sample.File, 4, 5, 6];

        sample.AssertDecoded(_decoder, buffer.AsMemory(3, sample.File.Length));
    }

    [Fact]
    public void Decode_JpegWithBytesBehindItsEnd_IgnoresThem()
    {
        SampleFile sample = JpegSamples.Jpeg444;

        sample.AssertDecoded(_decoder, (byte[])[.. sample.File, 0, 0, .. "a video follows"u8]);
    }

    [Fact]
    public void Decode_ManyRowsPerBandAndManyBands_GivesEveryRow()
    {
        // Wide enough for several bands, whose height does not divide the picture's.
        byte[] rgb = FormulaPixels.Rgb(1999, 333);

        PixelImage image = _decoder.Decode(PngFile.Rgb(1999, 333, rgb));

        Assert.Equal((1999, 333), (image.Width, image.Height));
        PixelAssert.Same(rgb, image.Pixels.Span, "1999 x 333");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16_384)]
    [InlineData(16_384, 1)]
    public void Decode_ExtremeSides_Works(int width, int height)
    {
        byte[] rgb = FormulaPixels.Rgb(width, height);

        PixelImage image = _decoder.Decode(PngFile.Rgb(width, height, rgb));

        PixelAssert.Same(rgb, image.Pixels.Span, $"{width} x {height}");
    }

    [Fact]
    public void Decode_FromManyThreads_GivesTheSame()
    {
        Parallel.For(0, 400, i =>
        {
            SampleFile sample = SampleFile.All[i % SampleFile.All.Count];
            sample.AssertDecoded(_decoder, sample.File);
        });
    }
}

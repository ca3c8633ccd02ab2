using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class BoundaryFileTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Decode_EveryFileOfOneByte_IsUnknown()
    {
        for (int value = 0; value < 256; value++)
        {
            byte[] file = [(byte)value];

            Assert.Equal(ImageFault.UnknownFormat, Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault);
        }
    }

    public static TheoryData<string, byte[], int> Costly => new()
    {
        // A name, a small file of many pixels, and a limit below what they take.
        { "WebP", WebP(16_383, 3_000), 512 << 20 },
        { "PNG of 64 bits", PngFile.Write(8_000, 6_000, 16, PngColour.Rgba, []), 128 << 20 },
        { "Progressive JPEG", Jpeg(JpegSamples.JpegProgressive.File, 0xC2, 8_000, 6_000), 128 << 20 },
        { "Baseline JPEG", Jpeg(JpegSamples.Jpeg444.File, 0xC0, 8_000, 6_000), 128 << 20 },
        { "TIFF", TiffFile.Write(8_000, 6_000, 16, 5, 4, [1]), 128 << 20 },
        { "BMP", BmpFile.Write(8_000, 6_000, 24, 0, [], [1]), 128 << 20 },
    };

    [Theory]
    [MemberData(nameof(Costly))]
    public void Decode_MoreMemoryThanAllowed_IsRefusedByItsHeader(string name, byte[] file, int limit)
    {
        IImageDecoder decoder = ImageDecoders.Create(new ImagingOptions { MaxDecodeBytes = limit });
        long before = GC.GetAllocatedBytesForCurrentThread();

        ImageException refusal = Assert.Throws<ImageException>(() => decoder.Decode(file));

        Assert.Equal((name, ImageFault.TooMuchMemory), (name, refusal.Fault));
        Assert.Contains("Imaging:MaxDecodeBytes", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    public static TheoryData<string, byte[]> Claims => new()
    {
        { "JPEG", Jpeg(JpegSamples.Jpeg444.File, 0xC0, 6_000, 5_000) },
        { "Progressive JPEG", Jpeg(JpegSamples.JpegProgressive.File, 0xC2, 6_000, 5_000) },
        { "WebP", LossyWebP(6_000, 5_000) },
    };

    /// <summary>Decoders make up what is missing, a second for a few hundred bytes.</summary>
    [Theory]
    [MemberData(nameof(Claims))]
    public void Decode_FewBytesForManyPixels_IsTruncated(string name, byte[] file)
    {
        ImageException refusal = Assert.Throws<ImageException>(() => _decoder.Decode(file));

        Assert.Equal((name, ImageFault.Truncated), (name, refusal.Fault));
    }

    private static byte[] LossyWebP(int width, int height)
    {
        byte[] file = [.. WebPSamples.WebPLossy.File];
        BitConverter.TryWriteBytes(file.AsSpan(26), (ushort)width);
        BitConverter.TryWriteBytes(file.AsSpan(28), (ushort)height);
        return file;
    }

    private static byte[] WebP(int width, int height)
    {
        byte[] file = [.. WebPSamples.WebPLossless.File];
        BitConverter.TryWriteBytes(file.AsSpan(21), (uint)(width - 1 | height - 1 << 14));
        return file;
    }

    private static byte[] Jpeg(byte[] sample, byte frameMarker, int width, int height)
    {
        byte[] file = [.. sample];
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, frameMarker]);
        (file[frame + 5], file[frame + 6]) = ((byte)(height >> 8), (byte)height);
        (file[frame + 7], file[frame + 8]) = ((byte)(width >> 8), (byte)width);
        return file;
    }
}

using System.Buffers.Binary;
using System.ComponentModel.DataAnnotations;
using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class LimitTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Decode_NoBytes_IsEmpty() => AssertFault(ImageFault.Empty, _decoder, []);

    [Fact]
    public void Decode_FileAboveMaxBytes_NamesTheSetting()
    {
        byte[] file = PngFile.Rgb(4, 4, FormulaPixels.Rgb(4, 4));
        IImageDecoder strict = ImageDecoders.Create(new ImagingOptions { MaxBytes = file.Length - 1 });
        IImageDecoder exact = ImageDecoders.Create(new ImagingOptions { MaxBytes = file.Length });

        ImageException refusal = AssertFault(ImageFault.TooManyBytes, strict, file);

        Assert.Contains("Imaging:MaxBytes", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(4, exact.Decode(file).Width);
    }

    [Theory]
    [InlineData(5, 2, ImageFault.SideTooLong, "Imaging:MaxSide")]
    [InlineData(2, 5, ImageFault.SideTooLong, "Imaging:MaxSide")]
    [InlineData(4, 4, ImageFault.TooManyPixels, "Imaging:MaxPixels")]
    public void Decode_PictureAboveALimit_NamesTheSetting(int width, int height, ImageFault fault, string setting)
    {
        IImageDecoder strict = ImageDecoders.Create(new ImagingOptions { MaxSide = 4, MaxPixels = 15 });

        ImageException refusal = AssertFault(
            fault, strict, PngFile.Rgb(width, height, FormulaPixels.Rgb(width, height)));

        Assert.Contains(setting, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{width} x {height}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_PictureAtTheLimits_Works()
    {
        IImageDecoder strict = ImageDecoders.Create(new ImagingOptions { MaxSide = 5, MaxPixels = 15 });

        Assert.Equal(15 * 3, strict.Decode(PngFile.Rgb(5, 3, FormulaPixels.Rgb(5, 3))).Pixels.Length);
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "Png", PngFile.Write(30_000, 30_000, 8, PngColour.Rgb, new byte[90_000]) },
        { "Bmp", BmpFile.Write(30_000, 30_000, 24, 0, [], new byte[900]) },
        { "Jpeg", Patched(JpegSamples.JpegProgressive, FindFrame(JpegSamples.JpegProgressive.File) + 5, 30_000, true) },
        { "Gif", Patched(GifSamples.Gif, 6, 30_000, false) },
        { "WebP", Patched(WebPSamples.WebPTurned, 24, 30_000 << 8, false) },
        { "Tiff", TiffWithSize(30_000) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Decode_SmallFileThatClaimsAHugePicture_IsRefusedByItsHeader(string format, byte[] file)
    {
        Assert.True(file.Length < 2_000, $"{format}: {file.Length} bytes");
        long before = GC.GetAllocatedBytesForCurrentThread();

        ImageException refusal = Assert.Throws<ImageException>(() => _decoder.Decode(file));

        Assert.Equal(ImageFault.SideTooLong, refusal.Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Decode_SidesAllowedButTooManyPixels_IsRefusedByItsHeader() =>
        AssertFault(
            ImageFault.TooManyPixels,
            _decoder,
            PngFile.Write(16_000, 16_000, 8, PngColour.Rgb, new byte[48_000]));

    [Theory]
    [InlineData(0, 1, 1, 1 << 20)]
    [InlineData(1, 0, 1, 1 << 20)]
    [InlineData(1, 1, 0, 1 << 20)]
    [InlineData(1, 1, 70_000, 1 << 20)]
    [InlineData(1, 1, 1, 1000)]
    public void Create_OptionsOutOfRange_AreRefused(int bytes, int pixels, int side, int memory) =>
        Assert.Throws<ValidationException>(() => ImageDecoders.Create(new ImagingOptions
        {
            MaxBytes = bytes,
            MaxPixels = pixels,
            MaxSide = side,
            MaxDecodeBytes = memory,
        }));

    private static ImageException AssertFault(ImageFault fault, IImageDecoder decoder, byte[] file)
    {
        ImageException refusal = Assert.Throws<ImageException>(() => decoder.Decode(file));
        Assert.Equal(fault, refusal.Fault);
        return refusal;
    }

    /// <summary>Overwrites the 16-bit (or, shifted by 8, 24-bit) width or height at an offset.</summary>
    private static byte[] Patched(SampleFile sample, int at, int value, bool bigEndian)
    {
        byte[] file = [.. sample.File];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)value);
        }
        else if (value > ushort.MaxValue)
        {
            // VP8X: 24 bits of width less one, behind the reserved byte.
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at - 1), value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);
        }

        return file;
    }

    private static int FindFrame(byte[] jpeg) => jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);

    private static byte[] TiffWithSize(ushort side)
    {
        byte[] file = [.. TiffSamples.TiffGrey.File];
        int entries = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)) + 2;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(entries - 2));
        for (int i = 0; i < count; i++)
        {
            Span<byte> entry = file.AsSpan(entries + i * 12, 12);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) is 256 or 257)
            {
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], side);
            }
        }

        return file;
    }
}

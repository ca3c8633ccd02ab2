using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>A JPEG reaches the library without anything but its picture.</summary>
public sealed class JpegRepackTests
{
    private static readonly SampleFile Sample = JpegSamples.Jpeg444;
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    public void Decode_FillBytes_AreSkipped(int count)
    {
        byte[] fill = [.. Enumerable.Repeat((byte)0xFF, count)];

        Sample.AssertDecoded(_decoder, (byte[])[0xFF, 0xD8, .. fill, .. Sample.File[2..]]);
    }

    [Fact]
    public void Decode_MegabytesOfMetadata_AreDropped()
    {
        byte[] metadata = [.. Enumerable.Range(0, 140).SelectMany(i => Segment((byte)(0xE1 + i % 13), 60_000))];
        byte[] comments = [.. Enumerable.Repeat(Segment(0xFE, 0), 100_000).SelectMany(comment => comment)];
        byte[] file = [0xFF, 0xD8, .. metadata, .. comments, .. Sample.File[2..]];

        Sample.AssertDecoded(_decoder, file);
        Assert.InRange(JpegRepacker.Repack(file).Length, 100, Sample.File.Length);
    }

    [Fact]
    public void Repack_Thumbnail_IsLeftOut()
    {
        byte[] jfif = [0xFF, 0xE0, 0, 28, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 2, 2, .. new byte[12]];
        byte[] file = [0xFF, 0xD8, .. jfif, .. WithoutJfif(Sample.File)];

        Sample.AssertDecoded(_decoder, file);
        byte[] bare = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        Assert.Equal(bare, JpegRepacker.Repack(file)[..bare.Length].ToArray());
    }

    [Fact]
    public void Decode_SecondLargerFrame_IsNotDecoded()
    {
        byte[] file = Sample.File;
        int frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        byte[] second = file[frame..(frame + 19)];
        (second[5], second[6], second[7], second[8]) = (0xFF, 0xFF, 0xFF, 0xFF);

        Sample.AssertDecoded(_decoder, (byte[])[.. file[..(frame + 19)], .. second, .. file[(frame + 19)..]]);
    }

    [Fact]
    public void Decode_TenThousandScans_IsNotSupported()
    {
        byte[] file = Sample.File;
        int scan = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] scans = [.. Enumerable.Repeat(file[scan..^2], 10_000).SelectMany(bytes => bytes)];

        ImageException refusal = Assert.Throws<ImageException>(
            () => _decoder.Decode((byte[])[.. file[..scan], .. scans, 0xFF, 0xD9]));

        Assert.Equal(ImageFault.Unsupported, refusal.Fault);
    }

    private static byte[] WithoutJfif(byte[] jpeg) => jpeg[(4 + jpeg[5])..];

    private static byte[] Segment(byte marker, int bytes) =>
        [0xFF, marker, (byte)(bytes + 2 >> 8), (byte)(bytes + 2), .. new byte[bytes]];
}

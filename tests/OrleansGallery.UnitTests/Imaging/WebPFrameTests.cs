using System.Buffers.Binary;
using System.Security.Cryptography;
using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class WebPFrameTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    /// <summary>
    /// An animation of 20 x 14 pixels whose first frame covers 8 x 6 of them at (6, 4), half transparent; hashes of
    /// what Pillow 9.4 makes of it.
    /// </summary>
    private static readonly byte[] SmallFrame = Convert.FromBase64String(
        """
        UklGRhABAABXRUJQVlA4WAoAAAASAAAAEwAADQAAQU5JTQYAAAAAAAAAAABBTk1GbgAAAAMAAAIAAAcAAAUAAAAAAAJWUDhMVgAAAC8H
        QAEQf0GQbTOcItwf7wTjIRBI8mfdYYNJ28babbIuRBgAwPZwOwDDAACLJmcj23YR/Q/ATFR0ywW5jct+vZFwSTVsD5Y+rcf9JSrImun4
        qA7zdj5/QU5NRm4AAAADAAACAAAHAAAFAAAAAAACVlA4TFYAAAAvB0ABEH9BkG0znCLcH+8E4yEQSPJn3WGDSdvG2m2yLkQYAMD2cDsA
        wwAAiyZnI9t2Ef2P/5zbPNT0O6YmCxR597FOvcTPNlSJE+he+zK2HF5LV0SGAQ==
        """);

    [Theory]
    [InlineData("white", "9e212cff89485291d8e542ef73b88ea5")]
    [InlineData("#1280f0", "eb3b821e9a557d420d3d1eac211d3701")]
    [InlineData("drop", "d1c43c8d6a856f53864d9e934d697184")]
    public void Decode_FrameSmallerThanItsCanvas_EqualsPillow(string transparency, string sha256)
    {
        PixelImage image = _decoder.Decode(SmallFrame, Transparency.Parse(transparency));

        Assert.Equal((20, 14), (image.Width, image.Height));
        string hash = Convert.ToHexStringLower(SHA256.HashData(image.Pixels.Span));
        Assert.StartsWith(sha256, hash, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_FrameOutsideItsCanvas_IsCorrupt()
    {
        byte[] file = [.. SmallFrame];
        int frame = file.AsSpan().IndexOf("ANMF"u8) + 8;
        file[frame] = 7; // half of the left side: 14 + 8 is more than 20

        Assert.Equal(ImageFault.Corrupt, Fault(file));
    }

    [Fact]
    public void Decode_PixelsLargerThanTheHeaderSays_IsCorrupt()
    {
        // 16,383 x 3,000 pixels behind a header of 20 x 14 would pass by every limit.
        byte[] file = [.. WebPSamples.WebPTurned.File];
        int size = file.AsSpan().IndexOf("VP8L"u8) + 9;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(size), 16_382 | 2_999 << 14);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(ImageFault.Corrupt, Fault(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Decode_ProfilesAndMetadata_AreNotLookedAt()
    {
        SampleFile sample = WebPSamples.WebPLossless;
        byte[] bomb = new byte[300_000];
        byte[] file = Riff(
            [.. "VP8X"u8, 10, 0, 0, 0, 0x2C, 0, 0, 0, 19, 0, 0, 13, 0, 0],
            Chunk("ICCP"u8, bomb),
            sample.File[12..],
            Chunk("EXIF"u8, bomb),
            Chunk("XMP "u8, bomb),
            Chunk("zzzz"u8, [1]));

        sample.AssertDecoded(_decoder, file);
        Assert.Equal(sample.File.Length, WebPFrame.Read(file, _decoder.Inspect(file)).File.Length);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-8)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void Decode_WrongContainerSize_IsRefused(int change)
    {
        byte[] file = [.. WebPSamples.WebPLossless.File];
        int size = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), change == int.MaxValue ? -1 : size + change);

        Assert.Equal(ImageFault.Truncated, Fault(file));
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content) =>
    [
        .. type, (byte)content.Length, (byte)(content.Length >> 8), (byte)(content.Length >> 16), 0, .. content,
        .. new byte[content.Length & 1],
    ];

    private static byte[] Riff(params byte[][] chunks)
    {
        byte[] content = [.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)];
        return Chunk("RIFF"u8, content);
    }

    private ImageFault Fault(byte[] file) => Assert.Throws<ImageException>(() => _decoder.Decode(file)).Fault;
}

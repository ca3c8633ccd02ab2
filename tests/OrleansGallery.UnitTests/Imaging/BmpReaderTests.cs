using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

public sealed class BmpReaderTests
{
    private static readonly byte[] FourColours = [10, 20, 30, 0, 40, 50, 60, 0, 70, 80, 90, 0, 100, 110, 120, 0];
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Decode_OneBit_ReadsFromTheHighestBit()
    {
        byte[] rows = [0b1010_0000, 0b0100_0000, 0, 0, 0, 0, 0, 0];
        byte[] file = BmpFile.Write(10, 2, 1, 0, FourColours.AsSpan(0, 8), rows);

        AssertReds(file, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 60, 30, 60, 30, 30, 30, 30, 30, 30, 60);
    }

    [Fact]
    public void Decode_FourBits_ReadsHighNibbleFirst() =>
        AssertReds(BmpFile.Write(3, 1, 4, 0, FourColours, [0x12, 0x30, 0, 0]), 60, 90, 120);

    [Fact]
    public void Decode_EightBitsTopDown_StartsAtTheTop() =>
        AssertReds(BmpFile.Write(2, -2, 8, 0, FourColours, [0, 1, 0, 0, 2, 3, 0, 0]), 30, 60, 90, 120);

    [Fact]
    public void Decode_IndexBeyondThePalette_IsBlack() =>
        AssertReds(BmpFile.Write(2, 1, 8, 0, FourColours, [200, 3, 0, 0]), 0, 120);

    [Fact]
    public void Decode_SixteenBits_ScalesFiveBitColours()
    {
        // 0rrrrrgg gggbbbbb: red 31, green 16, blue 1
        byte[] file = BmpFile.Write(1, 1, 16, 0, [], [0b0000_0001, 0b0111_1110, 0, 0]);

        Assert.Equal([255, 131, 8], _decoder.Decode(file).Pixels.ToArray());
    }

    [Fact]
    public void Decode_BitFields_FollowTheMasks()
    {
        byte[] masks565 = [0, 0xF8, 0, 0, 0xE0, 0x07, 0, 0, 0x1F, 0, 0, 0];
        byte[] masksRgbx = [0, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0];

        PixelImage small = _decoder.Decode(BmpFile.Write(1, 1, 16, 3, masks565, [0b0000_0001, 0b1111_1100, 0, 0]));
        PixelImage large = _decoder.Decode(BmpFile.Write(1, 1, 32, 3, masksRgbx, [9, 3, 2, 1]));

        Assert.Equal([255, 129, 8], small.Pixels.ToArray());
        Assert.Equal([1, 2, 3], large.Pixels.ToArray());
    }

    [Fact]
    public void Decode_ThirtyTwoBits_IgnoresTheFourthByte() =>
        Assert.Equal([3, 2, 1], _decoder.Decode(BmpFile.Write(1, 1, 32, 0, [], [1, 2, 3, 0])).Pixels.ToArray());

    [Fact]
    public void Decode_RunsOfEightBits_AreUndone()
    {
        byte[] runs =
        [
            2, 1, 0, 3, 2, 3, 1, 0, // two of 1; three literals 2 3 1, padded
            0, 0, // next row (above, as rows come from the bottom)
            0, 2, 4, 0, 1, 3, // four to the right; one of 3
            0, 1,
        ];

        AssertReds(BmpFile.Write(5, 2, 8, 1, FourColours, runs), 30, 30, 30, 30, 120, 60, 60, 90, 120, 60);
    }

    [Fact]
    public void Decode_RunsOfFourBits_Alternate()
    {
        byte[] runs = [3, 0x12, 0, 3, 0x32, 0x10, 0, 1];

        AssertReds(BmpFile.Write(6, 1, 4, 2, FourColours, runs), 60, 90, 60, 120, 90, 60);
    }

    [Theory]
    [InlineData(new byte[] { 6, 1, 0, 1 }, ImageFault.Corrupt)]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 1, 0, 1 }, ImageFault.Corrupt)]
    [InlineData(new byte[] { 5, 1 }, ImageFault.Truncated)]
    [InlineData(new byte[] { 0, 4, 1, 1 }, ImageFault.Truncated)]
    public void Decode_BadRuns_AreRefused(byte[] runs, ImageFault fault) =>
        Assert.Equal(
            fault,
            Assert.Throws<ImageException>(() => _decoder.Decode(BmpFile.Write(5, 1, 8, 1, FourColours, runs))).Fault);

    [Fact]
    public void Decode_CoreHeader_HasThreeByteColours()
    {
        byte[] file =
        [
            .. "BM"u8, 36, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0,
            12, 0, 0, 0, 2, 0, 1, 0, 1, 0, 1, 0,
            1, 2, 3, 4, 5, 6, // two colours, blue first
            0b0100_0000, 0, 0, 0,
        ];

        Assert.Equal([3, 2, 1, 6, 5, 4], _decoder.Decode(file).Pixels.ToArray());
    }

    [Theory]
    [InlineData(24, 4)]
    [InlineData(24, 5)]
    [InlineData(8, 2)]
    [InlineData(2, 0)]
    public void Decode_UnreadVariety_IsUnsupported(int bits, int compression) =>
        Assert.Equal(
            ImageFault.Unsupported,
            Assert.Throws<ImageException>(
                () => _decoder.Decode(BmpFile.Write(1, 1, bits, compression, FourColours, new byte[64]))).Fault);

    private void AssertReds(byte[] file, params byte[] expected)
    {
        byte[] pixels = _decoder.Decode(file).Pixels.ToArray();
        Assert.Equal(expected, pixels.Where((_, i) => i % 3 == 0));
    }
}

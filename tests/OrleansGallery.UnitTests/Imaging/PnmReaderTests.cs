using System.Text;
using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Portable anymaps: pixels as Pillow 9.4 reads them, and refusals.</summary>
public sealed class PnmReaderTests
{
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Theory]
    [InlineData("P1\n# a comment\n3 1\n1 0 1", "", "000000FFFFFF000000")]
    [InlineData("P1 3 1 101", "", "000000FFFFFF000000")]
    [InlineData("P2 3 1 4\n0 1 4", "", "000000404040FFFFFF")]
    [InlineData("P3 1 1 255 1 2 3", "", "010203")]
    [InlineData("P4 3 1\n", "A0", "000000FFFFFF000000")]
    [InlineData("P5 2 1 255\n", "0A0B", "0A0A0A0B0B0B")]
    [InlineData("P5 2 1 #c\n 100\n", "3264", "808080FFFFFF")]
    [InlineData("P6\n1 2\n255\n", "010203040506", "010203040506")]
    [InlineData("P6 1 1 65535\n", "FFFF0000807F", "FF0080")]
    public void Decode_EveryKind_GivesItsPixels(string header, string data, string expected) => Assert.Equal(
        expected, Convert.ToHexString(_decoder.Decode(FileOf(header, data)).Pixels.Span));

    [Theory]
    [InlineData("P6 2 2 255\n", "010203", ImageFault.Truncated)]
    [InlineData("P6 2", "", ImageFault.Truncated)]
    [InlineData("P3 1 1 255 1 2", "", ImageFault.Truncated)]
    [InlineData("P3 1 1 255 1 2 256", "", ImageFault.Corrupt)]
    [InlineData("P2 1 1 255 x", "", ImageFault.Corrupt)]
    [InlineData("P5 1 1 0\n", "00", ImageFault.Corrupt)]
    [InlineData("P5 1 1 70000\n", "00", ImageFault.Corrupt)]
    [InlineData("P5 0 1 255\n", "00", ImageFault.Corrupt)]
    [InlineData("P5 99999999999 1 255\n", "00", ImageFault.Corrupt)]
    [InlineData("P5 16000 16000 255\n", "00", ImageFault.TooManyPixels)]
    [InlineData("P1 2147483647 1 1", "", ImageFault.SideTooLong)]
    public void Decode_WhatIsNone_IsRefused(string header, string data, ImageFault fault) => Assert.Equal(
        fault, Assert.Throws<ImageException>(() => _decoder.Decode(FileOf(header, data))).Fault);

    private static byte[] FileOf(string header, string data) =>
        [.. Encoding.Latin1.GetBytes(header), .. Convert.FromHexString(data)];
}

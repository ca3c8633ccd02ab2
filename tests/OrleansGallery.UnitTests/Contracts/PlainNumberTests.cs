using OrleansGallery.Contracts;
using OrleansGallery.Imaging;

namespace OrleansGallery.UnitTests.Contracts;

/// <summary>What is a number, wherever one comes as text; and that two projects agree on transparency.</summary>
public sealed class PlainNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-1.5", -1.5)]
    [InlineData("1e3", 1000)]
    [InlineData("0.25", 0.25)]
    public void TryParse_JsonsNumbers_AreRead(string text, double expected)
    {
        Assert.True(PlainNumber.TryParse(text, out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("0,1")]
    [InlineData("1,000")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x1")]
    [InlineData("١")]
    [InlineData("--1")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_AnythingElse_IsNone(string? text)
    {
        Assert.False(PlainNumber.TryParse(text, out double _));
        Assert.False(PlainNumber.TryParse(text, out int _));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("2147483648")]
    public void TryParse_NoWholeNumberOfTheType_IsNone(string text) =>
        Assert.False(PlainNumber.TryParse(text, out int _));

    [Theory]
    [InlineData("white")]
    [InlineData("White")]
    [InlineData("DROP")]
    [InlineData("#a1B2c3")]
    [InlineData("#fff")]
    [InlineData("black")]
    [InlineData("")]
    [InlineData(null)]
    public void Transparency_OfASetting_IsWhatTheDecoderReads(string? text) => Assert.Equal(
        Transparency.TryParse(text, out _), new GallerySettings { Transparency = text! }.FindFault() is null);
}

using OrleansGallery.Drawing;
using SkiaSharp;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class StrokeFontTests
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    [Fact]
    public void Path_OfEveryCharacter_StaysInItsCellAndIsDistinct()
    {
        HashSet<string> seen = [];
        foreach (char character in Characters)
        {
            using SKPath path = StrokeFont.Path(character.ToString());
            SKRect bounds = path.TightBounds;
            Assert.True(bounds.Left >= -0.1 && bounds.Right <= 4.3, $"{character}: {bounds}");
            Assert.True(bounds.Top >= -0.1 && bounds.Bottom <= 6.4 && bounds.Height > 5, $"{character}: {bounds}");
            Assert.True(seen.Add(path.ToSvgPathData()));
        }
    }

    [Fact]
    public void Measure_OfAText_IsTheAdvanceOfAllButTheLastCharacter()
    {
        Assert.Equal(4, StrokeFont.Measure("A"));
        Assert.Equal(4 + (4 * 5.6f), StrokeFont.Measure("ABCDE"));
    }
}

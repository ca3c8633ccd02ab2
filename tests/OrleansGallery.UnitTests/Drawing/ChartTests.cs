using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using SkiaSharp;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class ChartTests
{
    [Fact]
    public void LineChart_FallingCurve_IsHighOnTheLeftAndLowOnTheRight()
    {
        (double, double)[] points = [.. Enumerable.Range(1, 100).Select(i => ((double)i, 101.0 - i))];
        using SKBitmap chart = SKBitmap.Decode(LineChart.RenderPng("FALL", "STEP", points, points));

        Assert.InRange(DarkRow(chart, 300), 135, 150);
        Assert.InRange(DarkRow(chart, 800), 360, 375);
        Assert.NotEmpty(LineChart.RenderPng("ALONE", "STEP", points, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => LineChart.RenderPng("ONE", "STEP", points[..1], points));
    }

    [Fact]
    public void GridPainter_TwoSections_FramesSayWhatIsRight()
    {
        GridEntry entry = new("AP 1.000", [[Tile(TileFrame.Query), Tile(TileFrame.Right), Tile(TileFrame.Wrong)]]);
        using SKBitmap one = SKBitmap.Decode(GridPainter.RenderPng([new GridSection("worst", [entry])], 3));
        using SKBitmap two = SKBitmap.Decode(GridPainter.RenderPng(
            [new GridSection("worst", [entry]), new GridSection("best", [entry, entry])], 3));

        HashSet<SKColor> colours = [.. one.Pixels];
        Assert.Contains(SKColors.Black, colours);
        Assert.Contains(new SKColor(0x1A, 0x7F, 0x37), colours);
        Assert.Contains(new SKColor(0xCF, 0x22, 0x2E), colours);
        Assert.Contains(new SKColor(10, 20, 30), colours);
        Assert.Equal(one.Width, two.Width);
        Assert.InRange(two.Height, (2 * one.Height) + 1, 3 * one.Height);
        Assert.Throws<ArgumentOutOfRangeException>(() => GridPainter.RenderPng([], 3));
    }

    // The thick curve's colour from above.
    private static int DarkRow(SKBitmap chart, int column) => Enumerable.Range(60, chart.Height - 60)
        .First(row => chart.GetPixel(column, row) is { Red: < 0x60, Blue: > 0x80 });

    private static ImageTile Tile(TileFrame frame) => new(
        new PixelImage(4, 8, Enumerable.Range(0, 32).SelectMany(_ => new byte[] { 10, 20, 30 }).ToArray()), frame, "X");
}

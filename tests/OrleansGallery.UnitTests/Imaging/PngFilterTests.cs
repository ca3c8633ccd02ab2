using OrleansGallery.Imaging;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Imaging;

/// <summary>Against the filters as PNG's specification writes them, the other way round.</summary>
public sealed class PngFilterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Undo_FilteredRow_GivesTheRow(byte filter)
    {
        byte[] pixels = FormulaPixels.Rgb(40, 2);
        (byte[] above, byte[] row) = (pixels[..120], pixels[120..]);
        foreach (int pixelBytes in new[] { 1, 2, 3, 4, 6, 8 })
        {
            byte[] filtered =
                [.. row.Select((value, i) => (byte)(value - Predicted(filter, row, above, i, pixelBytes)))];

            PngFilters.Undo(filter, filtered, above, pixelBytes);

            Assert.Equal(row, filtered);
        }
    }

    [Fact]
    public void Undo_UnknownFilter_IsCorrupt() =>
        Assert.Equal(
            ImageFault.Corrupt,
            Assert.Throws<ImageException>(() => PngFilters.Undo(5, new byte[4], new byte[4], 1)).Fault);

    private static int Predicted(byte filter, byte[] row, byte[] above, int i, int pixelBytes)
    {
        int a = i < pixelBytes ? 0 : row[i - pixelBytes];
        int b = above[i];
        int c = i < pixelBytes ? 0 : above[i - pixelBytes];
        int p = a + b - c;
        int[] nearest = [.. new[] { a, b, c }.OrderBy(value => Math.Abs(p - value))]; // Stable: a before b before c.
        return filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest[0] };
    }
}

using OrleansGallery.Imaging;
using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>Sections of captioned, framed images in rows, as one picture.</summary>
public sealed class GridPainter
{
    private const int Tile = 80;
    private const int Frame = 3;
    private const int Gap = 6;
    private const int Caption = 13;
    private const int Heading = 26;
    private const int Band = 22;
    private const int LeastTile = 36; // A caption's width.
    private const int RowHeight = Tile + (2 * Frame) + Caption + Gap;

    private static readonly SKColor Right = new(0x1A, 0x7F, 0x37);
    private static readonly SKColor Wrong = new(0xCF, 0x22, 0x2E);

    private readonly SKCanvas _canvas;
    private readonly int _width;
    private readonly int _step;

    private GridPainter(SKCanvas canvas, int width, int step) => (_canvas, _width, _step) = (canvas, width, step);

    /// <summary>Draws a grid.</summary>
    /// <param name="sections">From top to bottom; at least one image in all.</param>
    /// <param name="columns">Images in a row; where a row has fewer, the text still has room.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] RenderPng(IReadOnlyList<GridSection> sections, int columns)
    {
        ArgumentNullException.ThrowIfNull(sections);
        IReadOnlyList<ImageTile>[] rows =
            [.. sections.SelectMany(section => section.Entries).SelectMany(entry => entry.Rows)];
        ArgumentOutOfRangeException.ThrowIfZero(rows.Length, nameof(sections));
        PixelImage first = rows[0][0].Image;
        int width = Math.Max(1, Tile * first.Width / first.Height);
        int step = Math.Max(width, LeastTile) + (2 * Frame) + Gap;
        int height = (2 * Gap) + (sections.Count * Heading) + (sections.Sum(section => section.Entries.Count) * Band)
            + (rows.Length * RowHeight);
        using SKBitmap sheet = new(new SKImageInfo(
            Gap + (columns * step) + Gap, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(sheet);
        canvas.Clear(SKColors.White);
        GridPainter painter = new(canvas, width, step);
        int y = Gap;
        foreach (GridSection section in sections)
        {
            y = painter.Paint(section, y);
        }

        return SkiaPixels.EncodePng(sheet);
    }

    private int Paint(GridSection section, int y)
    {
        StrokeText.Write(_canvas, section.Title, Gap, y + 4, 2);
        y += Heading;
        foreach (GridEntry entry in section.Entries)
        {
            StrokeText.Write(_canvas, entry.Text, Gap, y + 4, 1.5f);
            y += Band;
            foreach (IReadOnlyList<ImageTile> row in entry.Rows)
            {
                for (int i = 0; i < row.Count; i++)
                {
                    Paint(row[i], Gap + (i * _step) + (i > 0 ? Gap : 0), y);
                }

                y += RowHeight;
            }
        }

        return y;
    }

    private void Paint(ImageTile tile, int x, int y)
    {
        using SKPaint border = new()
        {
            Color = tile.Frame switch { TileFrame.Right => Right, TileFrame.Wrong => Wrong, _ => SKColors.Black },
        };
        using SKBitmap bitmap = SkiaPixels.ToBitmap(tile.Image);
        _canvas.DrawRect(SKRect.Create(x, y, _width + (2 * Frame), Tile + (2 * Frame)), border);
        _canvas.DrawBitmap(
            bitmap,
            SKRect.Create(x + Frame, y + Frame, _width, Tile),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        StrokeText.Write(_canvas, tile.Caption, x, y + Tile + (2 * Frame) + 3, 1.2f);
    }
}

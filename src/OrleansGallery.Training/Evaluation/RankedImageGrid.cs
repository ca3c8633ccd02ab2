using System.Globalization;
using OrleansGallery.Imaging;
using OrleansGallery.Retrieval;
using SkiaSharp;

namespace OrleansGallery.Training;

/// <summary>
/// A picture of the worst and the best queries of an evaluation, by the AP of their centroid search: each with the first
/// images and the first centroids it finds, framed green where they are right and red where they are wrong. A centroid
/// is shown by its first image.
/// </summary>
public static class RankedImageGrid
{
    /// <summary>Worst and best queries shown, at most so many of each.</summary>
    public const int QueriesEach = 5;

    /// <summary>Items shown of an answer.</summary>
    public const int Top = 10;

    private const int Tile = 80;
    private const int Frame = 3;
    private const int Gap = 6;
    private const int Caption = 13;
    private const int Heading = 26;
    private const int Band = 22;

    private static readonly SKColor Right = new(0x1A, 0x7F, 0x37);
    private static readonly SKColor Wrong = new(0xCF, 0x22, 0x2E);

    /// <summary>Draws the grid.</summary>
    /// <param name="images">The images and embeddings evaluated.</param>
    /// <param name="report">What the evaluation gave.</param>
    /// <param name="options">How it was done.</param>
    /// <returns>A PNG file; null where no query has a correct centroid to find.</returns>
    /// <exception cref="IOException">An image cannot be read any more.</exception>
    public static byte[]? RenderPng(EvaluationImages images, EvaluationReport report, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        (IReadOnlyList<QueryResult> worst, IReadOnlyList<QueryResult> best) = Choose(report.Centroid.Queries);
        if (worst.Count == 0)
        {
            return null;
        }

        PixelImage first = images.Read(0);
        int width = Math.Max(1, Tile * first.Width / first.Height);
        int step = Math.Max(width, 36) + (2 * Frame) + Gap;
        int row = Tile + (2 * Frame) + Caption + Gap;
        SKImageInfo size = new(
            Gap + ((Top + 1) * step) + Gap,
            Gap + (2 * Heading) + ((worst.Count + best.Count) * (Band + (2 * row))),
            SKColorType.Rgba8888,
            SKAlphaType.Opaque);
        using SKBitmap sheet = new(size);
        using SKCanvas canvas = new(sheet);
        canvas.Clear(SKColors.White);
        Sheet drawing = new(canvas, images, options, new SKSizeI(width, Tile), step, row);
        int y = drawing.Section("worst queries", worst, Gap);
        drawing.Section("best queries", best, y);
        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100)
            ?? throw new InvalidOperationException("Skia could not encode a PNG.");
        return png.ToArray();
    }

    // Among equal AP the margin between the first right and the first wrong centroid decides. No query is in both.
    private static (IReadOnlyList<QueryResult> Worst, IReadOnlyList<QueryResult> Best) Choose(
        IReadOnlyList<QueryResult> queries)
    {
        QueryResult[] sorted = [.. queries.OrderBy(query => query.AveragePrecision)
            .ThenBy(query => query.ImpostorDistance - query.MateDistance).ThenBy(query => query.Query)];
        int worst = Math.Min(QueriesEach, (sorted.Length + 1) / 2);
        int best = Math.Min(QueriesEach, sorted.Length - worst);
        return (sorted[..worst], [.. sorted[(sorted.Length - best)..].Reverse()]);
    }

    private sealed class Sheet(
        SKCanvas canvas, EvaluationImages images, EvaluationOptions options, SKSizeI tile, int step, int row)
    {
        public int Section(string title, IReadOnlyList<QueryResult> queries, int y)
        {
            if (queries.Count == 0)
            {
                return y;
            }

            Write($"{title} by centroid AP", Gap, y + 4, 2);
            y += Heading;
            int[] rows = [.. queries.Select(query => query.Query)];
            IReadOnlyList<RankedQuery> instances = Rank(EvaluationMode.Instance, rows);
            IReadOnlyList<RankedQuery> centroids = Rank(EvaluationMode.Centroid, rows);
            for (int i = 0; i < queries.Count; i++)
            {
                DataImage query = images.ImageOf(queries[i].Query);
                Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"AP {queries[i].AveragePrecision:0.000}   first right centroid at rank "
                        + $"{queries[i].FirstCorrectRank}   {query.Identity}   {query.Path}"),
                    Gap, y + 4, 1.5f);
                y += Band;
                Answer("images", instances[i], y);
                Answer("centroids", centroids[i], y + row);
                y += 2 * row;
            }

            return y;
        }

        private IReadOnlyList<RankedQuery> Rank(EvaluationMode mode, int[] rows) =>
            RetrievalEvaluation.Rank(images.Data, options, mode, rows, Top);

        private void Answer(string name, RankedQuery answer, int y)
        {
            Paint(answer.Query, SKColors.Black, name, Gap, y);
            for (int i = 0; i < answer.Items.Count; i++)
            {
                RankedItem item = answer.Items[i];
                Paint(item.Row, item.Correct ? Right : Wrong, CaptionOf(item), Gap + ((i + 1) * step) + Gap, y);
            }
        }

        // Without normalisation and by Euclidean distance, the score is not what the order follows.
        private string CaptionOf(RankedItem item) => string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Rank}  {(options.Normalize || options.Distance == EvaluationDistance.Cosine
                ? item.Score : item.Distance):0.000}");

        private void Paint(int imageRow, SKColor frame, string caption, int x, int y)
        {
            PixelImage pixels = images.Read(imageRow);
            using SKBitmap bitmap = new(new SKImageInfo(
                pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            Span<byte> target = bitmap.GetPixelSpan();
            for (int i = 0; i < pixels.Width * pixels.Height; i++)
            {
                pixels.Pixels.Span.Slice(i * PixelImage.Channels, PixelImage.Channels).CopyTo(target[(i * 4)..]);
                target[(i * 4) + 3] = byte.MaxValue;
            }

            using SKPaint border = new() { Color = frame };
            canvas.DrawRect(SKRect.Create(x, y, tile.Width + (2 * Frame), tile.Height + (2 * Frame)), border);
            canvas.DrawBitmap(
                bitmap,
                SKRect.Create(x + Frame, y + Frame, tile.Width, tile.Height),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            Write(caption, x, y + tile.Height + (2 * Frame) + 3, 1.2f);
        }

        private void Write(string text, float x, float y, float scale)
        {
            using SKPaint ink = new()
            {
                Color = SKColors.Black, StrokeWidth = 0.8f, IsAntialias = true, Style = SKPaintStyle.Stroke,
            };
            using SKPath path = StrokeFont.Path(text);
            canvas.Save();
            canvas.Translate(x, y);
            canvas.Scale(scale);
            canvas.DrawPath(path, ink);
            canvas.Restore();
        }
    }
}

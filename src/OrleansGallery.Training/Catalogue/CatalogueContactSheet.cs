using SkiaSharp;

namespace OrleansGallery.Training;

/// <summary>
/// Contact sheets of a <see cref="Catalogue"/>, for people to look at: one row per product, its views in order.
/// </summary>
public static class CatalogueContactSheet
{
    private const int Gap = 4;
    private const int Caption = 14;

    /// <summary>Draws a contact sheet.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="products">The numbers of the products, one row each.</param>
    /// <param name="views">How many views of each, from the first.</param>
    /// <param name="tileHeight">The height of one image on the sheet, in pixels, 16 to 2,048.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ArgumentNullException">The catalogue or the list of products is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such product or view, no product is asked for, or the height is outside its range.
    /// </exception>
    public static byte[] RenderPng(Catalogue catalogue, IReadOnlyList<int> products, int views, int tileHeight = 128)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(products);
        ArgumentOutOfRangeException.ThrowIfZero(products.Count, nameof(products));
        ArgumentOutOfRangeException.ThrowIfLessThan(views, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(views, catalogue.Options.ViewsPerProduct);
        ArgumentOutOfRangeException.ThrowIfLessThan(tileHeight, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tileHeight, CatalogueOptions.MaxSide);
        int tileWidth = Math.Max(1, tileHeight * catalogue.Options.Width / catalogue.Options.Height);
        int rowHeight = tileHeight + Caption + Gap;
        using SKBitmap sheet = new(new SKImageInfo(
            Gap + (views * (tileWidth + Gap)),
            Gap + (products.Count * rowHeight),
            SKColorType.Rgba8888,
            SKAlphaType.Opaque));
        using SKCanvas canvas = new(sheet);
        canvas.Clear(SKColors.White);
        for (int row = 0; row < products.Count; row++)
        {
            int top = Gap + (row * rowHeight);
            PaintCaption(canvas, catalogue, products[row], top);
            for (int view = 0; view < views; view++)
            {
                using SKBitmap image = SKBitmap.Decode(catalogue.RenderJpeg(products[row], view));
                int left = Gap + (view * (tileWidth + Gap));
                canvas.DrawBitmap(
                    image, SKRect.Create(left, top + Caption, tileWidth, tileHeight),
                    new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            }
        }

        using SKData png = sheet.Encode(SKEncodedImageFormat.Png, 100)
            ?? throw new InvalidOperationException("Skia could not encode a PNG.");
        return png.ToArray();
    }

    private static void PaintCaption(SKCanvas canvas, Catalogue catalogue, int number, int top)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, catalogue.Products.Count);
        CatalogueProduct product = catalogue.Products[number];
        ProductLabel label = product.Label;
        using SKPath text = StrokeFont.Path(
            $"{product.Id} {product.Family} {product.Shape} {product.Texture.Kind} {label.Text} {label.Emblem}");
        using SKPaint paint = new()
        {
            IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.9f, Color = SKColors.Black,
        };
        canvas.Save();
        canvas.Translate(Gap, top + 2);
        canvas.Scale(1.4f, 1.4f);
        canvas.DrawPath(text, paint);
        canvas.Restore();
    }
}

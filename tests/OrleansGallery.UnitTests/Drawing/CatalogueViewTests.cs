using OrleansGallery.Drawing;
using SkiaSharp;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class CatalogueViewTests
{
    private const int Mask = 64;

    private static readonly Catalogue Default = new(new CatalogueOptions());

    private static readonly ViewParameters[] Views =
        [.. Enumerable.Range(0, 640).Select(i => Default.GetView(i / 10, i % 10))];

    [Fact]
    public void Views_OfTheDefaultCatalogue_KeepToTheirRangesAndUseThem()
    {
        Range(view => view.Pose.Scale, 0.5, 1.2, 0.02);
        Range(view => view.Pose.RotationDegrees, -50, 50, 5);
        Range(view => view.Pose.YawDegrees, -35, 35, 1);
        Range(view => view.Pose.PitchDegrees, -25, 25, 1);
        Range(view => view.Camera.Gain, 0.5, 1.6, 0.05);
        Range(view => view.Camera.Cast.Red, 0.86, 1.14, 0.02);
        Range(view => view.Camera.Cast.Green, 0.86, 1.14, 0.02);
        Range(view => view.Camera.Cast.Blue, 0.86, 1.14, 0.02);
        Range(view => view.Camera.BlurPixels, 0, 1.6, 0.05);
        Range(view => view.Camera.Noise, 0, 10, 0.5);
        Range(view => view.Camera.JpegQuality, 60, 95, 0);
        Range(view => view.Occlusion, 0, 0.35, 0.02);
        Assert.InRange(Views.Count(view => Math.Abs(view.Pose.RotationDegrees) <= 25) / 640.0, 0.8, 0.9);

        static void Range(Func<ViewParameters, double> value, double min, double max, double slack)
        {
            double lowest = Views.Min(value);
            double highest = Views.Max(value);
            Assert.InRange(lowest, min, min + slack);
            Assert.InRange(highest, max - slack, max);
        }
    }

    [Fact]
    public void Views_OfTheDefaultCatalogue_AllHaveAnotherBackground()
        => Assert.Equal(640, Views.Select(view => view.BackgroundSeed).Distinct().Count());

    [Fact]
    public void Views_MeasuredOnPixels_ShowAtLeastTwoFifthsOfTheProduct()
    {
        for (int i = 0; i < Views.Length; i++)
        {
            double visible = VisiblePixels(Default.Products[i / 10], Views[i]);
            Assert.True(visible >= 0.4, $"Product {i / 10}, view {i % 10}: {visible:F2} of the silhouette is visible.");
            Assert.True(
                Math.Abs(visible - Views[i].Visible) < 0.08,
                $"Product {i / 10}, view {i % 10}: {visible:F3} on pixels, {Views[i].Visible:F3} on points.");
        }
    }

    [Fact]
    public void Views_OfOtherSeedsAndSizes_ShowAtLeastTwoFifthsOfTheProduct()
    {
        foreach ((int width, int height) in ((int, int)[])[(256, 256), (320, 180), (90, 200)])
        {
            for (long seed = 10; seed < 12; seed++)
            {
                Catalogue catalogue = new(new CatalogueOptions { Seed = seed, Width = width, Height = height });
                for (int i = 0; i < 640; i++)
                {
                    ViewParameters view = catalogue.GetView(i / 10, i % 10);
                    Assert.InRange(view.Visible, 0.45, 1);
                    Assert.InRange(view.Occlusion, 0, 0.35);
                }
            }
        }
    }

    [Fact]
    public void Projection_OfAnyPose_MapsAsItsMatrixDoes()
    {
        foreach (ViewParameters view in Views.Take(50))
        {
            Projection projection = new(view.Pose, 256, 256);
            SKMatrix matrix = projection.ToMatrix();
            foreach ((float x, float y) in ((float, float)[])[(0, 0), (-0.5f, 0.5f), (0.5f, 0.2f), (0.1f, -0.5f)])
            {
                (double X, double Y) point = projection.Map(x, y);
                SKPoint mapped = matrix.MapPoint(x, y);
                Assert.Equal(point.X, mapped.X, 1e-2);
                Assert.Equal(point.Y, mapped.Y, 1e-2);
            }
        }
    }

    /// <summary>Counts a mask of silhouette less occluders, with the frame in the middle of a larger canvas.</summary>
    private static double VisiblePixels(CatalogueProduct product, ViewParameters view)
    {
        using SKBitmap mask = new(new SKImageInfo(3 * Mask, 3 * Mask, SKColorType.Alpha8, SKAlphaType.Premul));
        using SKCanvas canvas = new(mask);
        using SKPaint paint = new() { Color = SKColors.Black };
        using ProductForm form = ProductForms.Of(product);
        canvas.Translate(Mask, Mask);
        canvas.Scale(Mask / 256f);
        canvas.Save();
        canvas.Concat(new Projection(view.Pose, 256, 256).ToMatrix());
        foreach (SKPath part in form.Parts)
        {
            canvas.DrawPath(part, paint);
        }

        canvas.Restore();
        canvas.Flush();
        int whole = mask.GetPixelSpan().Count((byte)255);
        paint.BlendMode = SKBlendMode.Clear;
        foreach ((double X, double Y)[] polygon in view.Occluders.SelectMany(occluder => occluder.Polygons))
        {
            using SKPathBuilder builder = new();
            builder.AddPoly(Array.ConvertAll(polygon, p => new SKPoint((float)p.X, (float)p.Y)), close: true);
            using SKPath path = builder.Detach();
            canvas.DrawPath(path, paint);
        }

        canvas.ClipRect(new SKRect(0, 0, 256, 256), SKClipOperation.Difference);
        canvas.Clear();
        canvas.Flush();
        return mask.GetPixelSpan().Count((byte)255) / (double)whole;
    }
}

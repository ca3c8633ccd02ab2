using SkiaSharp;

namespace OrleansGallery.Drawing;

/// <summary>The vector paths of every shape, stretched by a product's proportions.</summary>
internal static class ProductForms
{
    public static ProductForm Of(CatalogueProduct product) => Of(
        product.Shape, product.Proportions.First, product.Proportions.Second, product.Proportions.Third);

    private static ProductForm Of(ProductShape shape, float a, float b, float c) => shape switch
    {
        ProductShape.Bottle => Bottle(Mix(0.15f, 0.23f, a), Mix(-0.16f, -0.03f, b), Mix(0.05f, 0.085f, c)),
        ProductShape.Box => Box(Mix(0.28f, 0.44f, a), Mix(0.3f, 0.46f, b), Mix(0.05f, 0.13f, c)),
        ProductShape.Can => Can(Mix(0.22f, 0.34f, a), Mix(0.36f, 0.47f, b), Mix(0.05f, 0.09f, c)),
        ProductShape.Shoe => Shoe(Mix(0.16f, 0.32f, a), Mix(-0.2f, -0.02f, b), Mix(0.06f, 0.12f, c)),
        ProductShape.Mug => Mug(Mix(0.27f, 0.34f, a), Mix(0.28f, 0.42f, b), Mix(0.14f, 0.24f, c)),
        ProductShape.Bag => Bag(Mix(0.3f, 0.44f, a), Mix(0.78f, 1f, b), Mix(0.14f, 0.22f, c)),
        ProductShape.Tube => Tube(Mix(0.19f, 0.27f, a), Mix(0.6f, 0.85f, b), Mix(0.6f, 0.95f, c)),
        ProductShape.Jar => Jar(Mix(0.28f, 0.4f, a), Mix(0.34f, 0.44f, b), Mix(0.04f, 0.14f, c)),
        ProductShape.Lamp => Lamp(Mix(0.32f, 0.44f, a), Mix(0.5f, 0.85f, b), Mix(0.14f, 0.26f, c)),
        ProductShape.Carton => Carton(Mix(0.2f, 0.29f, a), Mix(-0.28f, -0.16f, b), Mix(0.5f, 0.9f, c)),
        ProductShape.Spray => Spray(Mix(0.17f, 0.25f, a), Mix(-0.14f, 0f, b), Mix(0.16f, 0.26f, c)),
        ProductShape.Shirt => Shirt(Mix(0.24f, 0.31f, a), Mix(0.38f, 0.48f, b), Mix(0.06f, 0.22f, c)),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown product shape."),
    };

    private static ProductForm Bottle(float w, float s, float n) => new(
        Svg.Path($@"M{-w} .46 Q{-w} .5 {-w + 0.04f} .5 L{w - 0.04f} .5 Q{w} .5 {w} .46 L{w} {s}
            C{w} {s - 0.13f} {n} {s - 0.1f} {n} {s - 0.2f} L{n} -.41 L{-n} -.41 L{-n} {s - 0.2f}
            C{-n} {s - 0.1f} {-w} {s - 0.13f} {-w} {s} Z"),
        new SKRect(-w * 0.92f, s + 0.03f, w * 0.92f, 0.42f),
        front: Svg.Path($"M{-n - 0.02f} -.5 L{n + 0.02f} -.5 L{n + 0.02f} -.39 L{-n - 0.02f} -.39 Z"));

    private static ProductForm Box(float w, float h, float d) => new(
        Svg.Path($"M{-w} {-h + d} L{w - d} {-h + d} L{w - d} {h} L{-w} {h} Z"),
        new SKRect(-w * 0.86f, (-h * 0.8f) + d, (w * 0.86f) - d, h * 0.8f),
        behind: Svg.Path($"M{-w} {-h + d} L{-w + d} {-h} L{w} {-h} L{w} {h - d} L{w - d} {h} L{w - d} {-h + d} Z"));

    private static ProductForm Can(float w, float h, float e) => new(
        Svg.Path($"M{-w} {-h + e} L{w} {-h + e} L{w} {h - e} C{w} {h + (e / 3)} {-w} {h + (e / 3)} {-w} {h - e} Z"),
        new SKRect(-w * 0.9f, -h + (2.4f * e), w * 0.9f, h - (1.4f * e)),
        front: Svg.Path($@"M{-w} {-h + e} C{-w} {-h - (e / 3)} {w} {-h - (e / 3)} {w} {-h + e}
            C{w} {-h + (e * 7 / 3)} {-w} {-h + (e * 7 / 3)} {-w} {-h + e} Z"));

    private static ProductForm Shoe(float h, float x, float sole) => new(
        Svg.Path($@"M-.47 .22 L-.48 {-h} Q-.36 {-h + 0.07f} {x} {-h} Q{x + 0.08f} .02 .28 .03 Q.49 .05 .49 .22 Z"),
        new SKRect(-0.45f, -0.06f, x + 0.24f, 0.2f),
        front: Svg.Path($"M-.49 .2 L.5 .2 Q.53 {0.2f + sole} .44 {0.2f + sole} L-.49 {0.2f + sole} Z"));

    private static ProductForm Mug(float w, float h, float g) => new(
        Svg.Path($@"M{-w - 0.1f} {-h} L{w - 0.1f} {-h} L{w - 0.1f} {h - 0.06f} Q{w - 0.1f} {h} {w - 0.16f} {h}
            L{-w - 0.04f} {h} Q{-w - 0.1f} {h} {-w - 0.1f} {h - 0.06f} Z"),
        new SKRect((-w * 0.88f) - 0.1f, -h * 0.72f, (w * 0.88f) - 0.1f, h * 0.78f),
        behind: Svg.Path($@"M{w - 0.12f} {-g} C{w + 0.26f} {-g * 1.15f} {w + 0.26f} {g * 1.15f} {w - 0.12f} {g}
            L{w - 0.12f} {g - 0.08f} C{w + 0.14f} {g * 0.7f} {w + 0.14f} {-g * 0.7f} {w - 0.12f} {-g + 0.08f} Z"));

    private static ProductForm Bag(float w, float t, float g) => new(
        Svg.Path($"M{-w * t} -.22 L{w * t} -.22 L{w} .5 L{-w} .5 Z"),
        new SKRect(-w * t * 0.9f, -0.13f, w * t * 0.9f, 0.42f),
        behind: Svg.Path($@"M{-g} -.2 C{-g} -.6 {g} -.6 {g} -.2 L{g - 0.06f} -.2
            C{g - 0.06f} -.5 {-g + 0.06f} -.5 {-g + 0.06f} -.2 Z"));

    private static ProductForm Tube(float w, float n, float c) => new(
        Svg.Path($"M{-w} -.5 L{w} -.5 L{w} -.42 L{w * n} .35 L{-w * n} .35 L{-w} -.42 Z"),
        new SKRect(-w * (n + 1) * 0.46f, -0.36f, w * (n + 1) * 0.46f, 0.26f),
        front: Svg.Path($"M{-w * n * c} .33 L{w * n * c} .33 L{w * n * c * 0.92f} .5 L{-w * n * c * 0.92f} .5 Z"));

    private static ProductForm Jar(float w, float h, float r) => new(
        Svg.Path($@"M{-w + r} {-h + 0.12f} L{w - r} {-h + 0.12f} Q{w} {-h + 0.12f} {w} {-h + 0.12f + r}
            L{w} {h - 0.07f} Q{w} {h} {w - 0.07f} {h} L{-w + 0.07f} {h} Q{-w} {h} {-w} {h - 0.07f}
            L{-w} {-h + 0.12f + r} Q{-w} {-h + 0.12f} {-w + r} {-h + 0.12f} Z"),
        new SKRect(-w * 0.9f, -h + 0.2f, w * 0.9f, h - 0.07f),
        front: Svg.Path($"M{-w + (r * 0.8f)} {-h} H{w - (r * 0.8f)} V{-h + 0.14f} H{-w + (r * 0.8f)} Z"));

    private static ProductForm Lamp(float w, float t, float b) => new(
        Svg.Path($"M{-w * t} -.5 L{w * t} -.5 L{w} .08 L{-w} .08 Z"),
        new SKRect(-w * (t + 1) * 0.44f, -0.42f, w * (t + 1) * 0.44f, 0.03f),
        behind: Svg.Path($@"M-.03 .05 L.03 .05 L.03 .43 L{b} .45 L{b} .5 L{-b} .5 L{-b} .45 L-.03 .43 Z"));

    private static ProductForm Carton(float w, float s, float t) => new(
        Svg.Path($"M{-w} {s} L{w} {s} L{w} .5 L{-w} .5 Z"),
        new SKRect(-w * 0.9f, s + 0.05f, w * 0.9f, 0.43f),
        front: Svg.Path($"M{-w} {s} L{-w * t} -.43 L{-w * t} -.5 L{w * t} -.5 L{w * t} -.43 L{w} {s} Z"));

    private static ProductForm Spray(float w, float s, float x) => new(
        Svg.Path($@"M{-w} .5 L{w} .5 L{w} {s} C{w} {s - 0.1f} .06 {s - 0.06f} .06 {s - 0.17f} L-.06 {s - 0.17f}
            C-.06 {s - 0.06f} {-w} {s - 0.1f} {-w} {s} Z"),
        new SKRect(-w * 0.92f, s + 0.02f, w * 0.92f, 0.44f),
        front: Svg.Path($@"M-.07 {s - 0.15f} L-.07 -.42 Q-.07 -.5 0 -.5 L.16 -.5 L.16 -.4 L.08 -.36 L.07 {s - 0.15f} Z
            M-.05 -.5 L{-x} -.48 L{-x} -.43 L-.05 -.4 Z
            M-.06 -.36 L{-x * 0.7f} -.3 L{-x * 0.75f} -.22 L{(-x * 0.75f) + 0.04f} -.22 L-.06 -.3 Z"));

    private static ProductForm Shirt(float w, float h, float sleeve) => new(
        Svg.Path($@"M-.13 {-h} Q0 {-h + 0.14f} .13 {-h} L{w + 0.02f} {-h + 0.05f} L.5 {-h + 0.14f + sleeve}
            L.39 {-h + 0.24f + sleeve} L{w} {-h + 0.26f} L{w} {h} L{-w} {h} L{-w} {-h + 0.26f}
            L-.39 {-h + 0.24f + sleeve} L-.5 {-h + 0.14f + sleeve} L{-w - 0.02f} {-h + 0.05f} Z"),
        new SKRect(-w * 0.84f, -h + 0.2f, w * 0.84f, h * 0.55f),
        front: Svg.Path($@"M-.15 {-h - 0.01f} Q0 {-h + 0.18f} .15 {-h - 0.01f}
            L.11 {-h - 0.02f} Q0 {-h + 0.12f} -.11 {-h - 0.02f} Z"));

    private static float Mix(float low, float high, float t) => low + ((high - low) * t);
}

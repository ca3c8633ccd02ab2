namespace OrleansGallery.Drawing;

/// <summary>What a <see cref="Catalogue"/> contains and how large its images are.</summary>
public sealed class CatalogueOptions
{
    /// <summary>The smallest image side, in pixels: below it a product is no longer recognisable.</summary>
    public const int MinSide = 64;

    /// <summary>The largest image side, in pixels.</summary>
    public const int MaxSide = 2048;

    /// <summary>
    /// The most products of a catalogue: labels are distinct, and the constructor's time and memory grow with them.
    /// </summary>
    public const int MaxProducts = 100_000;

    /// <summary>The most views of a product.</summary>
    public const int MaxViewsPerProduct = 10_000;

    /// <summary>
    /// Where all randomness starts: another seed is another catalogue, the same seed the same one. The demo searches
    /// the default's products, so a model must be trained on other seeds. Default: 1.
    /// </summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// How many products there are, 1 to 100,000. In every eight the first four are a family, so that a multiple of
    /// eight has exactly half of its products in families. Default: 64.
    /// </summary>
    public int Products { get; init; } = 64;

    /// <summary>How many images of each product can be drawn, 1 to 10,000. Default: 10.</summary>
    public int ViewsPerProduct { get; init; } = 10;

    /// <summary>An image's width in pixels, 64 to 2,048. Default: 256.</summary>
    public int Width { get; init; } = 256;

    /// <summary>
    /// An image's height in pixels, 64 to 2,048. A product's size follows the shorter side. Default: 256.
    /// </summary>
    public int Height { get; init; } = 256;

    internal void Validate()
    {
        Check(Products, 1, MaxProducts, nameof(Products));
        Check(ViewsPerProduct, 1, MaxViewsPerProduct, nameof(ViewsPerProduct));
        Check(Width, MinSide, MaxSide, nameof(Width));
        Check(Height, MinSide, MaxSide, nameof(Height));
    }

    private static void Check(int value, int min, int max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentOutOfRangeException(
                name, value, FormattableString.Invariant($"{name} is {value}; it must be {min} to {max}."));
        }
    }
}

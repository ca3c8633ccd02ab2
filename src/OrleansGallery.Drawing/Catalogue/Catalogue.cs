namespace OrleansGallery.Drawing;

/// <summary>
/// A small catalogue of invented products that draws camera-like images of them: a recognition task with known answers,
/// on any machine, without a download.
/// </summary>
/// <remarks>
/// <para>
/// Everything is a function of the seed, the product and the view. On one machine the same image is the same bytes,
/// whichever thread draws it and in whatever order; between CPU types Skia's vector code may differ in the last bits of
/// a pixel. Products and views do not depend on how many of them the options ask for (except that a family which would
/// be incomplete at the end becomes free products).
/// </para>
/// <para>
/// The look is frozen: models are judged on it. A change to it needs a new <see cref="RendererVersion"/> and makes
/// figures measured before incomparable.
/// </para>
/// <para>Instances are immutable and safe to use from several threads at once.</para>
/// </remarks>
public sealed class Catalogue
{
    /// <summary>The version of the look; figures compare only between equal versions.</summary>
    public const int RendererVersion = 1;

    private readonly SilhouetteSamples[] _samples;

    /// <summary>Designs the products; images are drawn on demand.</summary>
    /// <param name="options">What the catalogue contains.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its documented range.</exception>
    public Catalogue(CatalogueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        Products = ProductDesigner.Design(options.Seed, options.Products);
        _samples = [.. Products.Select(SilhouetteSamples.Of)];
    }

    /// <summary>The options the catalogue was made with.</summary>
    public CatalogueOptions Options { get; }

    /// <summary>The products, in the order of their numbers.</summary>
    public IReadOnlyList<CatalogueProduct> Products { get; }

    /// <summary>Draws one image of one product.</summary>
    /// <param name="product">The product's number, from 0.</param>
    /// <param name="view">The view's number, from 0 to below <see cref="CatalogueOptions.ViewsPerProduct"/>.</param>
    /// <returns>A JPEG file of the options' size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such product or view.</exception>
    public byte[] RenderJpeg(int product, int view)
        => ViewRenderer.RenderJpeg(Products[Checked(product)], GetView(product, view), Options.Width, Options.Height);

    /// <summary>What is drawn for one view: pose, occluders, light, camera.</summary>
    internal ViewParameters GetView(int product, int view)
    {
        SilhouetteSamples samples = _samples[Checked(product)];
        ArgumentOutOfRangeException.ThrowIfNegative(view);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(view, Options.ViewsPerProduct);
        KeyedRandom random = KeyedRandom.For(Options.Seed, RandomPurpose.View, product, view);
        return ViewSampler.Draw(random, samples, Options.Width, Options.Height);
    }

    private int Checked(int product)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(product);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(product, Products.Count);
        return product;
    }
}

using System.Globalization;
using OrleansGallery.Drawing;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class CatalogueProductTests
{
    [Theory]
    [InlineData(1, 64)]
    [InlineData(2, 64)]
    [InlineData(-5, 128)]
    public void Products_MultipleOfEight_HalfAreInFamiliesOfFourThatDifferInLabelAndTexture(long seed, int count)
    {
        Catalogue catalogue = new(new CatalogueOptions { Seed = seed, Products = count });
        IGrouping<string, CatalogueProduct>[] families =
            [.. catalogue.Products.Where(p => p.Family is not null).GroupBy(p => p.Family!)];
        Assert.Equal(count / 8, families.Length);
        foreach (IGrouping<string, CatalogueProduct> family in families)
        {
            Assert.Equal(4, family.Count());
            Assert.Single(family.Select(p => (p.Shape, p.Proportions, p.Colours)).Distinct());
            Assert.Equal(4, family.Select(p => p.Texture.Kind).Distinct().Count());
            Assert.Equal(4, family.Select(p => p.Label.Text).Distinct().Count());
            Assert.Equal(4, family.Select(p => p.Label.Plate).Distinct().Count());
            Assert.Equal(4, family.Select(p => p.Label.Emblem).Distinct().Count());
        }

        // No two families, and no two free products, look alike.
        Assert.Equal(
            (count / 8) + (count / 2),
            catalogue.Products.Select(p => (p.Shape, p.Proportions, p.Colours)).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 4)]
    [InlineData(11, 4)]
    [InlineData(60, 32)]
    public void Products_AnyCount_HasOnlyCompleteFamilies(int count, int inFamilies)
    {
        Catalogue catalogue = new(new CatalogueOptions { Products = count });
        Assert.Equal(count, catalogue.Products.Count);
        Assert.Equal(inFamilies, catalogue.Products.Count(p => p.Family is not null));
    }

    [Fact]
    public void Products_OfManySeeds_UseEveryShapeTexturePlateAndEmblemWithinTheirRanges()
    {
        CatalogueProduct[] products = [.. Enumerable.Range(0, 8)
            .SelectMany(seed => new Catalogue(new CatalogueOptions { Seed = seed }).Products)];
        Assert.Equal(Enum.GetValues<ProductShape>(), products.Select(p => p.Shape).Distinct().Order());
        Assert.Equal(Enum.GetValues<TextureKind>(), products.Select(p => p.Texture.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<PlateKind>(), products.Select(p => p.Label.Plate).Distinct().Order());
        Assert.Equal(Enum.GetValues<EmblemKind>(), products.Select(p => p.Label.Emblem).Distinct().Order());
        Assert.All(products, p =>
        {
            Assert.Matches("^[A-Z0-9]{3,5}$", p.Label.Text);
            Assert.InRange(p.Texture.Repeats, 4, 7.5);
            Assert.InRange(p.Texture.Fill, 0.35, 0.62);
            Assert.InRange(Math.Abs(p.Colours.Plate.Luma - p.Colours.Ink.Luma), 0.4, 1);
        });
    }

    [Fact]
    public void Products_Ids_AreTheirNumbersAndLabelsAreDistinct()
    {
        Catalogue catalogue = new(new CatalogueOptions { Products = 1001 });
        Assert.Equal("product-007", catalogue.Products[7].Id);
        Assert.Equal("product-1000", catalogue.Products[1000].Id);
        Assert.Equal(
            Enumerable.Range(0, 1001),
            catalogue.Products.Select(p => int.Parse(p.Id[8..], CultureInfo.InvariantCulture)));
        Assert.Equal(1001, catalogue.Products.Select(p => p.Label.Text).Distinct().Count());
    }

    [Fact]
    public void Silhouettes_OfAllShapesAndProportions_FillASquareOfSideOne()
    {
        foreach (ProductShape shape in Enum.GetValues<ProductShape>())
        {
            foreach (float extreme in (float[])[0, 0.5f, 1])
            {
                CatalogueProduct product = new Catalogue(new CatalogueOptions { Products = 1 }).Products[0] with
                {
                    Shape = shape,
                    Proportions = new ProductProportions(extreme, extreme, 1 - extreme),
                };
                using ProductForm form = ProductForms.Of(product);
                float left = form.Parts.Min(p => p.TightBounds.Left);
                float right = form.Parts.Max(p => p.TightBounds.Right);
                float top = form.Parts.Min(p => p.TightBounds.Top);
                float bottom = form.Parts.Max(p => p.TightBounds.Bottom);
                Assert.True(left >= -0.56 && right <= 0.56 && top >= -0.56 && bottom <= 0.56, $"{shape} {extreme}");
                Assert.InRange(Math.Max(right - left, bottom - top), 0.6, 1.1);
                Assert.True(form.Body.Contains(form.LabelArea.MidX, form.LabelArea.MidY), $"{shape} {extreme}");
                Assert.InRange(SilhouetteSamples.Of(product).Count, 80, 784);
            }
        }
    }
}

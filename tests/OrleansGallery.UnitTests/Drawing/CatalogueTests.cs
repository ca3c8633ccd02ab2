using OrleansGallery.Drawing;
using SkiaSharp;

namespace OrleansGallery.UnitTests.Drawing;

public sealed class CatalogueTests
{
    private static readonly Catalogue Default = new(new CatalogueOptions());

    [Fact]
    public void RenderJpeg_Twice_GivesTheSameBytes()
    {
        Catalogue again = new(new CatalogueOptions());
        for (int product = 0; product < 8; product++)
        {
            byte[] first = Default.RenderJpeg(product, product);
            Assert.Equal(first, Default.RenderJpeg(product, product));
            Assert.Equal(first, again.RenderJpeg(product, product));
        }
    }

    [Fact]
    public async Task RenderJpeg_FromSeveralThreads_GivesTheSameBytes()
    {
        byte[][] expected = [.. Enumerable.Range(0, 16).Select(i => Default.RenderJpeg(i, i % 10))];
        using Barrier barrier = new(4);
        Task<byte[][]>[] tasks = [.. Enumerable.Range(0, 4).Select(start => Task.Factory.StartNew(
            () =>
            {
                byte[][] images = new byte[16][];
                barrier.SignalAndWait();
                for (int i = 0; i < 16; i++)
                {
                    int item = (i + (start * 4)) % 16;
                    images[item] = Default.RenderJpeg(item, item % 10);
                }

                return images;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        foreach (byte[][] images in await Task.WhenAll(tasks))
        {
            Assert.Equal(expected, images);
        }
    }

    [Fact]
    public void RenderJpeg_OfFewerProductsAndViews_GivesTheSameBytes()
    {
        Catalogue small = new(new CatalogueOptions { Products = 8, ViewsPerProduct = 2 });
        Assert.Equal(Default.RenderJpeg(7, 1), small.RenderJpeg(7, 1));
        Assert.Equal(Default.RenderJpeg(0, 0), small.RenderJpeg(0, 0));
    }

    [Fact]
    public void RenderJpeg_OtherViewProductOrSeed_GivesAnotherImage()
    {
        Catalogue other = new(new CatalogueOptions { Seed = 2 });
        HashSet<string> images = [];
        for (int product = 0; product < 4; product++)
        {
            for (int view = 0; view < 5; view++)
            {
                Assert.True(images.Add(Convert.ToBase64String(Default.RenderJpeg(product, view))));
                Assert.True(images.Add(Convert.ToBase64String(other.RenderJpeg(product, view))));
            }
        }
    }

    [Theory]
    [InlineData(256, 256)]
    [InlineData(64, 64)]
    [InlineData(320, 200)]
    [InlineData(65, 131)]
    public void RenderJpeg_AnySize_DecodesToThatSize(int width, int height)
    {
        Catalogue catalogue = new(new CatalogueOptions { Products = 5, Width = width, Height = height });
        byte[] jpeg = catalogue.RenderJpeg(4, 9);
        Assert.Equal([0xFF, 0xD8, 0xFF], jpeg[..3]);
        using SKBitmap image = SKBitmap.Decode(jpeg);
        Assert.Equal((width, height), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(64, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 10)]
    public void RenderJpeg_NoSuchProductOrView_Throws(int product, int view)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Default.RenderJpeg(product, view));

    [Fact]
    public void Catalogue_OptionOutsideItsRange_ThrowsWithItsName()
    {
        Check(new CatalogueOptions { Products = 0 }, nameof(CatalogueOptions.Products));
        Check(new CatalogueOptions { Products = -1 }, nameof(CatalogueOptions.Products));
        Check(new CatalogueOptions { Products = 100_001 }, nameof(CatalogueOptions.Products));
        Check(new CatalogueOptions { ViewsPerProduct = 0 }, nameof(CatalogueOptions.ViewsPerProduct));
        Check(new CatalogueOptions { ViewsPerProduct = 10_001 }, nameof(CatalogueOptions.ViewsPerProduct));
        Check(new CatalogueOptions { Width = 63 }, nameof(CatalogueOptions.Width));
        Check(new CatalogueOptions { Width = 2049 }, nameof(CatalogueOptions.Width));
        Check(new CatalogueOptions { Height = 0 }, nameof(CatalogueOptions.Height));
        Check(new CatalogueOptions { Height = int.MaxValue }, nameof(CatalogueOptions.Height));
        Assert.Throws<ArgumentNullException>(() => new Catalogue(null!));

        static void Check(CatalogueOptions options, string name)
            => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new Catalogue(options)).ParamName);
    }
}

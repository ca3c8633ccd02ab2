using OrleansGallery.Drawing;
using OrleansGallery.Imaging;
using OrleansGallery.Offline;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Data;

public sealed class CatalogueSourceTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(1.0)]
    [InlineData(0.0)]
    public void FamilyShare_IsTheShareOfTheWeightThatFamiliesHave(double share)
    {
        FileViewSource source = Source(products: 21, share); // Three families of four.
        Assert.Equal(12, source.Identities.Count(identity => identity.Family is not null));
        Assert.Equal(1, source.Identities.Sum(identity => identity.Weight), 1e-12);
        Assert.Equal(
            share,
            source.Identities.Where(identity => identity.Family is not null).Sum(identity => identity.Weight),
            1e-12);
    }

    [Fact]
    public void FamilyShare_Absent_DrawsAllAsOften() =>
        Assert.All(Source(products: 16, familyShare: null).Identities, identity => Assert.Equal(1, identity.Weight));

    [Fact]
    public void FamilyShare_WithoutFamilies_DrawsAllAsOften() =>
        Assert.All(Source(products: 3, familyShare: 0.9).Identities, identity => Assert.Equal(1, identity.Weight));

    [Theory]
    [InlineData(0, 128, 128)]
    [InlineData(0, 28, 64)]
    [InlineData(256, 128, 256)]
    public void ImageSide_IsThatOfTheImagesDrawn(int imageSide, int networkSide, int expected)
    {
        using DataSplits splits = Open(products: 2, imageSide, networkSide);
        PixelImage image = ImageDecoders.Create(new ImagingOptions()).Decode(splits.Train!.Files.Read("1/0"));
        Assert.Equal((expected, expected), (image.Width, image.Height));
    }

    [Fact]
    public void Catalogue_DemosSeed_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => CatalogueLayout.Create(new CatalogueOptions { Seed = 1 }, 8, 2));
        using DataSplits splits = CatalogueLayout.Create(
            new CatalogueOptions { Seed = 2, Products = 8, ViewsPerProduct = 3, Width = 64, Height = 64 }, 4, 2);
        Assert.Equal(
            (24, 8, 4), (splits.Train!.Images.Count, splits.Gallery!.Images.Count, splits.Query!.Images.Count));
        Assert.NotEmpty(splits.Train!.Files.Read(splits.Train!.Images[5].Path));
    }

    private static FileViewSource Source(int products, double? familyShare)
    {
        ImageSet set = Open(products, imageSide: 0, networkSide: 64).Train!;
        return new FileViewSource(set, new ImageReader(set, 64, 64, ResizeFilter.Bilinear, 0), familyShare);
    }

    private static DataSplits Open(int products, int imageSide, int networkSide) => DataSets.Open(
        new DataOptions
        {
            Source = DataSourceKind.Catalogue, Products = products, Views = 2, ImageSide = imageSide, TestProducts = 1,
        },
        string.Empty,
        networkSide);
}

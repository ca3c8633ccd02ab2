using OrleansGallery.Drawing;
using OrleansGallery.Offline;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Data;

public sealed class PhotographSourceTests : IDisposable
{
    private const int Side = 32;

    private readonly TemporaryFolder _folder = new();

    public PhotographSourceTests()
    {
        Catalogue catalogue = new(new CatalogueOptions { Seed = 3, Products = 8, Width = 256, Height = 192 });
        Directory.CreateDirectory(_folder.File("photos"));
        Directory.CreateDirectory(_folder.File("cutouts"));
        for (int i = 0; i < 8; i++)
        {
            File.WriteAllBytes(_folder.File($"photos/{i}.jpg"), catalogue.RenderJpeg(i, 0));
        }

        File.WriteAllBytes(_folder.File("cutouts/disc.png"), Disc(64));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SamePlaceInTheRun_DrawsTheSameView()
    {
        using PhotographSource first = Source(Options);
        using PhotographSource second = Source(Options);
        Assert.Equal(View(first, 3, 7), View(second, 3, 7));
        Assert.NotEqual(View(first, 3, 7), View(first, 3, 8));
        Assert.NotEqual(View(first, 3, 7), View(first, 4, 7));
        Assert.True(View(first, 3, 7).Distinct().Count() > 10);
    }

    [Fact]
    public void Identities_PhotographsForTests_AreNotAmongThem()
    {
        using PhotographSource source = Source(Options);
        using PhotographSource all = Source(Options with { TestEvery = 0 });
        Assert.InRange(source.Identities.Count, 2, all.Identities.Count - 1);
        Assert.DoesNotContain(
            Enumerable.Range(0, source.Identities.Count), i => source.NameOf(new SampledRow(i, 0)).EndsWith("3.jpg",
                StringComparison.Ordinal));
        (ImageSet gallery, ImageSet query) = source.TestSets(6, 2)!.Value;
        Assert.Equal(2 * query.Images.Count, 4 * gallery.Images.Count);
        Assert.Empty(gallery.Images.Select(image => image.Path).Intersect(query.Images.Select(image => image.Path)));
        ImageReader reader = new(query, Side, Side, Imaging.ResizeFilter.Bilinear, 0);
        byte[] pixels = new byte[reader.Length];
        reader.Read(0, pixels);
        Assert.True(pixels.Distinct().Count() > 10);
        Assert.Null(all.TestSets(6, 2));
    }

    [Fact]
    public void Weights_CutoutsShare_IsKept()
    {
        using PhotographSource source = Source(Options with { TestEvery = 0, CutoutShare = 0.4 });
        IdentitySize[] cutouts = [.. source.Identities.Index()
            .Where(item => source.NameOf(new SampledRow(item.Index, 0)).EndsWith(".png", StringComparison.Ordinal))
            .Select(item => item.Item)];
        Assert.Single(cutouts);
        Assert.Equal(0.4, cutouts[0].Weight / source.Identities.Sum(identity => identity.Weight), 1e-9);
    }

    [Fact]
    public void Source_PhotographThatCannotBeRead_IsRefusedByName()
    {
        ImageStub.Write(_folder.File("photos/broken.jpg"));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Source(Options));
        Assert.Contains("broken.jpg", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TestFolders_AreTestedAndNeverTrainedOn()
    {
        Directory.CreateDirectory(_folder.File("held-out"));
        File.Move(_folder.File("photos/3.jpg"), _folder.File("held-out/3.jpg"));
        File.Move(_folder.File("photos/4.jpg"), _folder.File("held-out/4.jpg"));
        using PhotographSource source = Source(Options with
        {
            TestEvery = 0, TestFolders = ["held-out"], MaxTestCrops = 4,
        });
        Assert.All(Enumerable.Range(0, source.Identities.Count), i => Assert.DoesNotContain(
            "held-out", source.NameOf(new SampledRow(i, 0)), StringComparison.Ordinal));
        (ImageSet gallery, _) = source.TestSets(6, 2)!.Value;
        Assert.InRange(gallery.Images.Count, 2 * 2, 2 * 4);
    }

    [Fact]
    public void MixedSource_SecondSource_GetsItsShare()
    {
        using PhotographSource photographs = Source(Options);
        DataSplits splits = CatalogueLayout.Create(
            new CatalogueOptions { Seed = 5, Products = 8, ViewsPerProduct = 3, Width = 64, Height = 64 }, 2, 1);
        FileViewSource products = new(
            splits.Train!, new ImageReader(splits.Train!, Side, Side, Imaging.ResizeFilter.Bilinear, 0));
        MixedSource mixed = new(photographs, products, 0.25);
        int first = photographs.Identities.Count;
        Assert.Equal(first + 8, mixed.Identities.Count);
        Assert.Equal(photographs.ImageCount + 24, mixed.ImageCount);
        double all = mixed.Identities.Sum(identity => identity.Weight);
        Assert.Equal(0.25, mixed.Identities.Skip(first).Sum(identity => identity.Weight) / all, 1e-9);
        Assert.Equal(photographs.NameOf(new(1, 0)), mixed.NameOf(new(1, 0)));
        Assert.Equal("2/1", mixed.NameOf(new(first + 2, 1)));
        Assert.Equal(Load(products, 2, 1), Load(mixed, first + 2, 1));
        Assert.Equal(Load(photographs, 1, 0), Load(mixed, 1, 0));
    }

    [Fact]
    public void Train_OnPhotographsAndTheCatalogue_Runs()
    {
        TrainingOptions options = Trainer.TrainingRun.Options with
        {
            Epochs = 1,
            Data = new DataOptions
            {
                Source = DataSourceKind.Photographs,
                Photographs = Options with { CatalogueShare = 0.5 },
                Products = 8,
                Views = 3,
                GalleryImages = 2,
            },
            Runtime = Trainer.TrainingRun.Options.Runtime with
            {
                MixedPrecision = MixedPrecisionKind.Always, ChannelsLast = true,
            },
        };
        TrainingResult result = Trainer.TrainingRun.Run(_folder.Root, _folder.File("out"), options);
        Assert.Equal(4, result.Steps);
        Assert.True(double.IsFinite(result.Loss!.Value));
    }

    [Fact]
    public void Train_OnPhotographs_RunsAndEvaluates()
    {
        TrainingOptions options = Trainer.TrainingRun.Options with
        {
            Epochs = 1, Data = new DataOptions { Source = DataSourceKind.Photographs, Photographs = Options,
                GalleryImages = 2 },
        };
        TrainingResult result = Trainer.TrainingRun.Run(_folder.Root, _folder.File("out"), options);
        Assert.Equal(4, result.Steps);
        Assert.True(result.Evaluation!.Queries > 0);
    }

    private static PhotographOptions Options => new()
    {
        Folders = ["photos"], CutoutFolders = ["cutouts"], CropSide = 48, CropsPerPhotograph = 6, TestEvery = 4,
            TestViews = 4,
    };

    private PhotographSource Source(PhotographOptions options) => new(options, _folder.Root, Side, Side, 9);

    private static byte[] View(PhotographSource source, int identity, int row)
    {
        byte[] pixels = new byte[Side * Side * 3];
        source.Load(
            new SampledRow(identity, 0), KeyedRandom.For(1, RandomPurpose.Augmentation, 0, row), pixels);
        return pixels;
    }

    private static byte[] Load(IViewSource source, int identity, int image)
    {
        byte[] pixels = new byte[Side * Side * 3];
        source.Load(
            new SampledRow(identity, image), KeyedRandom.For(1, RandomPurpose.Augmentation, 0, 1), pixels);
        return pixels;
    }

    private static byte[] Disc(int side)
    {
        byte[] rgba = new byte[side * side * 4];
        for (int i = 0; i < side * side; i++)
        {
            (int x, int y) = ((i % side) - (side / 2), (i / side) - (side / 2));
            bool inside = (x * x) + (y * y) < side * side / 6;
            rgba[i * 4] = (byte)(x * 5);
            rgba[(i * 4) + 3] = (byte)(inside ? 255 : 0);
        }

        return PngFile.Write(side, side, 8, PngColour.Rgba, rgba);
    }
}

using OrleansGallery.Imaging;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Published data sets in small, from the download to what the loaders read.</summary>
public sealed class ConversionTests : IDisposable
{
    private static readonly IImageDecoder Decoder = ImageDecoders.Create(new ImagingOptions());

    private readonly TemporaryFolder _folder = new();

    private string Download => _folder.File("download");

    private string Out => _folder.File("training");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Market1501_Miniature_IsAManifestOfThePapersSplitWithoutJunk()
    {
        MiniatureDownload.Market1501(Download);
        ConversionResult result = Convert(PublishedDataSet.Market1501);
        Assert.Equal([(8, 2), (2, 2), (5, 3)], result.Parts.Select(part => (part.Images, part.Identities)));
        Assert.Equal(
            [12_936L, 751, 3_368, 750, 15_913, 751], result.Counts.Select(count => count.Published!.Value));
        Assert.All(result.Counts, count => Assert.True(count.Differs));
        Assert.Contains("-1_c1s1_000001_01.jpg", Assert.Single(result.Notes), StringComparison.Ordinal);
        using DataSplits splits = ManifestLayout.Read(result.File);
        Assert.Equal(["0002", "0007"], splits.Train!.Images.Select(image => image.Identity).Distinct());
        Assert.Equal(["c1", "c2"], splits.Query!.Images.Select(image => image.Facet));
        Assert.Equal(["0000", "0001", "0003"], splits.Gallery!.Images.Select(image => image.Identity).Distinct());
        Assert.All(splits.Gallery.Images, image => Assert.NotEmpty(splits.Gallery.Files.Read(image.Path)));
    }

    [Fact]
    public void DukeMtmc_Miniature_IsAManifestWithCameras()
    {
        MiniatureDownload.DukeMtmc(Path.Combine(Download, "DukeMTMC-reID"));
        ConversionResult result = Convert(PublishedDataSet.DukeMtmc);
        Assert.Equal([(8, 2), (2, 2), (5, 3)], result.Parts.Select(part => (part.Images, part.Identities)));
        Assert.Equal(
            [16_522L, 702, 2_228, 702, 17_661, 1_110], result.Counts.Select(count => count.Published!.Value));
        using DataSplits splits = ManifestLayout.Read(result.File);
        Assert.Equal(["c5", "c2", "c3", "c1", "c4"], splits.Gallery!.Images.Select(image => image.Facet));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void DeepFashion_Miniature_CutsTheBoxesIntoWhite(bool high, int scale)
    {
        MiniatureDownload.DeepFashion(Download, high);
        ConversionResult result = Convert(PublishedDataSet.DeepFashion, height: 64);
        Assert.Equal(
            [(ConvertedPart.Train, 8, 2), (ConvertedPart.Query, 4, 2), (ConvertedPart.Gallery, 6, 3)],
            result.Parts.Select(part => (part.Part, part.Images, part.Identities)));
        Assert.Equal([20L, 5, 10], result.Counts.Select(count => count.Found));
        Assert.Equal(high ? 0 : 1, result.Notes.Count);
        using DataSplits splits = CocoLayout.Read(Out, result.File);
        Assert.Equal(
            ["TOPS/Tee/id_00000004/comsumer_01.jpg", "TOPS/Tee/id_00000004/comsumer_02.jpg"],
            splits.Query!.Images.Take(2).Select(image => image.Path));

        // Both the test's and the validation's shops.
        Assert.Equal(["2", "3", "4"], splits.Gallery!.Images.Select(image => image.Identity).Distinct());
        PixelImage picture = Decoder.Decode(splits.Query.Files.Read(splits.Query.Images[0].Path));
        Assert.Equal((32, 64), (picture.Width, picture.Height));
        int side = Math.Min(20 * scale, 32);
        Assert.True(IsNear(picture, 16, 32, MiniatureDownload.ColourOf(3)), "The box is not in the middle.");
        Assert.True(IsNear(picture, 16 - (side / 2) + 1, 32, MiniatureDownload.ColourOf(3)), "It is cut too small.");
        Assert.True(IsNear(picture, 16, 32 - (side / 2) - 3, [255, 255, 255]), "Nothing is white above.");
    }

    [Fact]
    public void DeepFashion_ReferenceCompatible_CutsToTheImagesBorder()
    {
        MiniatureDownload.DeepFashion(Download);
        ConversionResult result = Convert(PublishedDataSet.DeepFashion, compatible: true);
        using DataSplits splits = CocoLayout.Read(Out, result.File);
        PixelImage picture = Decoder.Decode(splits.Query!.Files.Read(splits.Query.Images[0].Path));

        // 30 x 25 pixels from (10, 5) on, in the middle of 32 x 32: the box's 20 columns, then blue.
        Assert.True(IsNear(picture, 5, 8, MiniatureDownload.ColourOf(3)), "The box does not begin the cut.");
        Assert.True(IsNear(picture, 28, 8, [0, 0, 255]), "The cut ends with the box.");
    }

    [Fact]
    public void Street2Shop_Miniature_PutsProductsThatAreNotTrainedOnIntoTheGallery()
    {
        MiniatureDownload.Street2Shop(Download);
        ConversionResult result = Convert(PublishedDataSet.Street2Shop);
        Assert.Equal([(8, 2), (3, 2), (8, 4)], result.Parts.Select(part => (part.Images, part.Identities)));
        Assert.Equal([6L, 12, 8, 6], result.Counts.Select(count => count.Found));
        Assert.Equal("1 pairs have a box without area and take no part.", Assert.Single(result.Notes));
        using DataSplits splits = CocoLayout.Read(Out, result.File);
        Assert.Equal(
            ["bags/000000105_3_0.jpg", "bags/000000105_3_1.jpg", "hats/000000106_1_0.jpg"],
            splits.Query!.Images.Select(image => image.Path));

        // Bags 1, 2, 3, 9 are pairs 0 to 3, hats 1 and 2 are 4 and 5.
        Assert.Equal(["2", "2", "4"], splits.Query.Images.Select(image => image.Identity));
        Assert.Equal(["2", "3", "4", "5"], splits.Gallery!.Images.Select(image => image.Identity).Distinct());
        Assert.Equal(["0", "1"], splits.Train!.Images.Select(image => image.Identity).Distinct());
        PixelImage street = Decoder.Decode(splits.Query.Files.Read(splits.Query.Images[0].Path));
        PixelImage shop = Decoder.Decode(splits.Gallery.Files.Read(splits.Gallery.Images[0].Path));
        Assert.True(IsNear(street, 16, 16, MiniatureDownload.ColourOf(3)) && IsNear(street, 2, 16, [255, 255, 255]));
        Assert.True(IsNear(shop, 2, 16, [0, 0, 255]), "A shop's photo is cut.");
    }

    [Theory]
    [InlineData(PublishedDataSet.DeepFashion)]
    [InlineData(PublishedDataSet.Street2Shop)]
    [InlineData(PublishedDataSet.Market1501)]
    public void Run_InterruptedAndRunAgain_LeavesTheSameBytes(PublishedDataSet set)
    {
        Write(set);
        Convert(set, folder: "whole");
        using CancellationTokenSource cancelled = new();
        Assert.ThrowsAny<OperationCanceledException>(() => Convert(
            set, folder: "parts", cancelled: cancelled));
        Assert.False(File.Exists(_folder.File($"parts/{(set == PublishedDataSet.Market1501
            ? "market1501.csv" : "train_reid_cropped_32_32.json")}")));
        ConversionResult result = Convert(set, folder: "parts");
        Assert.Equal(set != PublishedDataSet.Market1501, result.MadeBefore > 0);
        Assert.Equal(Contents("whole"), Contents("parts"));
        ConversionResult again = Convert(set, folder: "parts");
        Assert.Equal(set == PublishedDataSet.Market1501 ? 0 : again.Parts.Sum(part => part.Images), again.MadeBefore);
        Assert.Equal(Contents("whole"), Contents("parts"));
    }

    private static void CancelAt(int done, CancellationTokenSource? source)
    {
        if (done == 5)
        {
            source?.Cancel();
        }
    }

    private static bool IsNear(PixelImage image, int x, int y, byte[] colour) =>
        image.Pixels.Span.Slice(((y * image.Width) + x) * 3, 3).ToArray().Zip(colour)
            .All(pair => Math.Abs(pair.First - pair.Second) < 24);

    private void Write(PublishedDataSet set) => MiniatureDownload.Write(set.ToString().ToLowerInvariant(), Download);

    private string[] Contents(string folder) =>
    [
        .. Directory.EnumerateFiles(_folder.File(folder), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(file =>
                $"{Path.GetRelativePath(_folder.File(folder), file)} "
                + System.Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
    ];

    private ConversionResult Convert(
        PublishedDataSet set,
        int height = 32,
        bool compatible = false,
        string? folder = null,
        CancellationTokenSource? cancelled = null) => DataSetConversion.Run(
            set,
            Download,
            new ConversionOptions
            {
                Folder = folder is null ? Out : _folder.File(folder),
                Width = 32,
                Height = height,
                ReferenceCompatible = compatible,
                OnProgress = (done, _) => CancelAt(done, cancelled),
            },
            cancelled?.Token ?? TestContext.Current.CancellationToken);
}

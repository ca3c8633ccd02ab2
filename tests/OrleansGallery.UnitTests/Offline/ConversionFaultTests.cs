using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Downloads that are not whole, and folders that are taken.</summary>
public sealed class ConversionFaultTests : IDisposable
{
    private const string Boxes = "Anno/list_bbox_consumer2shop.txt";
    private const string Pairs = "Eval/list_eval_partition.txt";
    private const string Bags = "meta/json/train_pairs_bags.json";

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ImagesMissingWithinTheShare_AreListedAndLeftOut()
    {
        MiniatureDownload.DeepFashion(Download);
        File.Delete(Path.Combine(Download, "Img/img/TOPS/Tee/id_00000004/comsumer_01.jpg"));
        File.WriteAllText(Path.Combine(Download, "Img/img/TOPS/Tee/id_00000004/shop_01.jpg"), "no picture");
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Convert(PublishedDataSet.DeepFashion));
        Assert.Contains("1 of 4 query images and 1 of 6 gallery images are missing or cannot be read, more than 5%",
            refused.Message, StringComparison.Ordinal);
        Assert.Contains("comsumer_01.jpg: it is not there", refused.Message, StringComparison.Ordinal);
        string list = Path.Combine(Out, "unreadable.txt");
        Assert.Equal(2, File.ReadAllLines(list).Length);
        Assert.False(File.Exists(Path.Combine(Out, "train_reid_cropped_32_32.json")));

        ConversionResult result = Convert(PublishedDataSet.DeepFashion, share: 0.3);
        Assert.Equal((2, 16), (result.Unreadable.Count, result.MadeBefore));
        Assert.Equal([8, 3, 5], result.Parts.Select(part => part.Images));

        MiniatureDownload.DeepFashion(Download);
        Assert.Empty(Convert(PublishedDataSet.DeepFashion).Unreadable);
        Assert.False(File.Exists(list));
    }

    [Fact]
    public void Run_StreetPhotoWithoutFile_IsNamedByItsNumber()
    {
        MiniatureDownload.Street2Shop(Download);
        File.Delete(Path.Combine(Download, "images/000000106.jpg"));
        Assert.Contains("photo 106 (product 1 of hats): no file has this number",
            Assert.Single(Convert(PublishedDataSet.Street2Shop, share: 0.4).Unreadable), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnePartsPhotosMissing_IsRefusedThoughFewOfAll()
    {
        MiniatureDownload.Street2Shop(Download);
        foreach (int photo in (int[])[105, 106])
        {
            File.Delete(Path.Combine(Download, $"images/{photo:D9}.jpg"));
        }

        Refused(
            PublishedDataSet.Street2Shop, "3 of 3 query images are missing", "more than 20%", share: 0.2);
        Refused(
            PublishedDataSet.Street2Shop, "Not one query image can be read", "photo 105", share: 1);
        Assert.Empty(Directory.EnumerateFiles(Out, "*_reid_cropped_*"));
    }

    [Fact]
    public void Run_OneSourcesTrainPhotosMissing_IsRefused()
    {
        MiniatureDownload.Street2Shop(Download);
        File.Delete(Path.Combine(Download, "images/000000101.jpg"));
        Refused(
            PublishedDataSet.Street2Shop, "1 of 4 train customer images are missing", "more than 15%", share: 0.15);
    }

    [Theory]
    [InlineData(Boxes, "img/A/id_1/x.jpg 1 2 3", "line 3: 7 fields are expected")]
    [InlineData(Boxes, "img/A/id_1/x.jpg 1 7 3 4 5 6", "line 3: source_type is 7")]
    [InlineData(Boxes, "img/A/id_1/x.jpg 1 2 3 4 5 six", "line 3: 'six' is no whole number")]
    [InlineData(Boxes, "img/../../x.jpg 1 2 3 4 5 6", "line 3: 'img/../../x.jpg' is no image's name")]
    [InlineData(Boxes, @"img/A/..\..\x.jpg 1 2 3 4 5 6", @"line 3: 'img/A/..\..\x.jpg' is no image's name")]
    [InlineData(Boxes, "img/C:/x.jpg 1 2 3 4 5 6", "line 3: 'img/C:/x.jpg' is no image's name")]
    [InlineData(Boxes, "/etc/passwd 1 2 3 4 5 6", "line 3: '/etc/passwd' is no image's name")]
    [InlineData(Pairs, "img/A/id_1/x.jpg img/A/id_1/y.jpg id_1", "line 3: 4 fields are expected")]
    [InlineData(Pairs, "img/A/id_1/x.jpg img/A/id_1/y.jpg id_1 maybe", "line 3: evaluation_status is 'maybe'")]
    public void Run_MalformedLine_IsNamed(string file, string line, string expected)
    {
        MiniatureDownload.DeepFashion(Download);
        string path = Path.Combine(Download, file);
        string[] lines = File.ReadAllLines(path);
        lines[2] = line;
        File.WriteAllLines(path, lines);
        Refused(PublishedDataSet.DeepFashion, Path.GetFileName(file), expected);
    }

    [Fact]
    public void Run_ListThatIsCutShort_IsRefused()
    {
        MiniatureDownload.DeepFashion(Download);
        string path = Path.Combine(Download, Boxes);
        File.WriteAllLines(path, File.ReadAllLines(path)[..^3]);
        Refused(PublishedDataSet.DeepFashion, "says in its first line that it has 20 rows", "17");
    }

    [Theory]
    [InlineData("""[{"photo":1,"product":2}]""", "entry 1: a number 'left' is expected")]
    [InlineData("""[{"photo":"x","product":2,"bbox":{}}]""", "entry 1: a number 'photo' is expected")]
    [InlineData("""[{"photo":17.6,"product":2,"bbox":{}}]""", "entry 1: a whole number 'photo' is expected")]
    [InlineData("""[{"photo":1,"product":2.5,"bbox":{}}]""", "entry 1: a whole number 'product' is expected")]
    [InlineData("[7]", "entry 1: a number 'photo' is expected")]
    [InlineData("{}", "is no array")]
    [InlineData("""[{"photo":""", "line 1")]
    public void Run_MalformedEntry_IsNamed(string json, string expected)
    {
        MiniatureDownload.Street2Shop(Download);
        File.WriteAllText(Path.Combine(Download, Bags), json);
        Refused(PublishedDataSet.Street2Shop, "train_pairs_bags.json", expected);
    }

    [Theory]
    [InlineData(PublishedDataSet.DeepFashion, Boxes)]
    [InlineData(PublishedDataSet.DeepFashion, Pairs)]
    [InlineData(PublishedDataSet.DeepFashion, "Img/img")]
    [InlineData(PublishedDataSet.Street2Shop, "meta/json/retrieval_tops.json")]
    [InlineData(PublishedDataSet.Street2Shop, "images")]
    [InlineData(PublishedDataSet.Market1501, "query")]
    public void Run_MissingPart_IsNamed(PublishedDataSet set, string part)
    {
        Write(set);
        string path = Path.Combine(Download, part);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        else
        {
            Directory.Delete(path, recursive: true);
        }

        IOException refused = Assert.ThrowsAny<IOException>(() => Convert(set));
        Assert.Contains(Path.GetFileName(part), refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void Run_FolderOfAnotherConversion_IsRefused()
    {
        Write(PublishedDataSet.DeepFashion);
        Convert(PublishedDataSet.DeepFashion);
        string[] before = [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)];
        Refused(
            PublishedDataSet.DeepFashion, "deepfashion, 32x32, not deepfashion, 32x48", "another folder",
            width: 48);
        string pairs = Path.Combine(Download, Pairs);
        File.WriteAllText(pairs, File.ReadAllText(pairs).Replace("  test", "  val", StringComparison.Ordinal)
            .Replace("id_00000003  val", "id_00000003  test", StringComparison.Ordinal));
        Refused(PublishedDataSet.DeepFashion, "other annotations", "remove it");
        Assert.Equal(before, Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Run_FolderThatIsNotEmpty_IsRefused()
    {
        Write(PublishedDataSet.Market1501);
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "thesis.txt"), "mine");
        Refused(PublishedDataSet.Market1501, "is not empty", "new or empty");
    }

    [Fact]
    public void Run_NoteThatWasNotWrittenToItsEnd_DoesNotStandInTheWay()
    {
        Write(PublishedDataSet.Market1501);
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "conversion.json.part"), "{");
        Assert.Empty(Convert(PublishedDataSet.Market1501).Unreadable);
        Assert.Equal(
            ["conversion.json", "market1501.csv"],
            Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_DiskFull_SaysSoAndGoesOnWhereItStopped()
    {
        Write(PublishedDataSet.DeepFashion);
        string target = Path.Combine(Out, "query/TOPS/Tee/id_00000004/comsumer_01.jpg");
        Convert(PublishedDataSet.DeepFashion);
        File.Delete(target);
        File.CreateSymbolicLink(target + ".part", "/dev/full");
        IOException full = Assert.ThrowsAny<IOException>(() => Convert(PublishedDataSet.DeepFashion));
        Assert.Contains("comsumer_01.jpg' cannot be written: No space left", full.Message, StringComparison.Ordinal);
        Assert.Contains("goes on where it stopped", full.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target) || File.Exists(target + ".part"));
        Assert.Equal(17, Convert(PublishedDataSet.DeepFashion).MadeBefore);
        Assert.True(File.Exists(target));
    }

    private string Download => _folder.File("download");

    private void Write(PublishedDataSet set) => MiniatureDownload.Write(set.ToString().ToLowerInvariant(), Download);

    private void Refused(PublishedDataSet set, string first, string second, int width = 32, double share = 0.05)
    {
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Convert(set, share, width));
        Assert.Contains(first, refused.Message, StringComparison.Ordinal);
        Assert.Contains(second, refused.Message, StringComparison.Ordinal);
    }

    private ConversionResult Convert(PublishedDataSet set, double share = 0.05, int width = 32) =>
        DataSetConversion.Run(
            set,
            Download,
            new ConversionOptions { Folder = Out, Width = width, Height = 32, MaxUnreadable = share },
            TestContext.Current.CancellationToken);
}

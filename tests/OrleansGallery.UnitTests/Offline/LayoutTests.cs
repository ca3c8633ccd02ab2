using System.IO.Compression;
using System.Text;
using OrleansGallery.Imaging;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

public sealed class LayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_WithoutSplits_AreSortedAndReportWhatIsLeftOut()
    {
        Touch("b/2.jpg", "b/1.png", "a/x.JPG", "a/notes.txt", "a/.hidden.jpg");
        Directory.CreateDirectory(_folder.File("empty"));
        DataSplits splits = FolderLayout.Read(_folder.Root);
        Assert.Equal(["a/x.JPG", "b/1.png", "b/2.jpg"], splits.Train!.Images.Select(image => image.Path));
        Assert.Equal(["a", "b", "b"], splits.Train!.Images.Select(image => image.Identity));
        Assert.Equal(["empty"], splits.Train!.EmptyIdentities);
        Assert.Single(splits.Train!.Skipped);
        Assert.Null(splits.Query);
        Assert.Throws<DirectoryNotFoundException>(() => FolderLayout.Read(_folder.File("nowhere")));
    }

    [Fact]
    public void Folders_WithSplits_AreReadApart()
    {
        Touch("train/a/1.jpg", "query/b/1.jpg", "gallery/b/2.jpg", "gallery/c/1.jpg");
        DataSplits splits = FolderLayout.Read(_folder.Root);
        Assert.Equal(["a"], splits.Train!.Images.Select(image => image.Identity));
        Assert.Equal(["b"], splits.Query!.Images.Select(image => image.Identity));
        Assert.Equal(["b", "c"], splits.Gallery!.Images.Select(image => image.Identity));
    }

    [Fact]
    public void Manifest_QuotedFieldsAndSplits_AreRead()
    {
        string csv = Write(
            "m.csv", "path,identity,facet,split", "\"a, b.jpg\",\"the \"\"one\"\"\",c1,train", "q.jpg,x,c2,query",
            string.Empty, "g.jpg,x,c1,gallery");
        DataSplits splits = ManifestLayout.Read(csv);
        DataImage image = Assert.Single(splits.Train!.Images);
        Assert.Equal(("a, b.jpg", "the \"one\"", "c1"), (image.Path, image.Identity, image.Facet));
        Assert.Equal("q.jpg", Assert.Single(splits.Query!.Images).Path);
        Assert.Equal("g.jpg", Assert.Single(splits.Gallery!.Images).Path);
    }

    [Theory]
    [InlineData("line 1", "file,who")]
    [InlineData("line 3", "path,identity", "a.jpg,x", "b.jpg")]
    [InlineData("line 2", "path,identity,split", "a.jpg,x,dev")]
    [InlineData("line 2", "path,identity", "a.jpg,")]
    public void Manifest_BadLine_IsNamed(string where, params string[] lines) =>
        Assert.Contains(
            where,
            Assert.Throws<InvalidDataException>(() => ManifestLayout.Read(Write("m.csv", lines))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("line 3")]
    public void Manifest_NotUtf8_IsRefusedWithItsLine(string where)
    {
        string csv = _folder.File("m.csv");
        File.WriteAllBytes(csv, [.. "path,identity\na.jpg,jos\u00E9\nb.jpg,jos"u8, 0xE9, .. "\nc.jpg,jos"u8, 0xE8]);
        string message = Assert.Throws<InvalidDataException>(() => ManifestLayout.Read(csv)).Message;
        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Manifest_Utf16_IsRefused()
    {
        string csv = _folder.File("m.csv");
        File.WriteAllText(csv, "path,identity\na.jpg,x\n", System.Text.Encoding.Unicode);
        Assert.Throws<InvalidDataException>(() => ManifestLayout.Read(csv));
        File.WriteAllText(csv, "path,identity\r\na.jpg,x\r\n", new System.Text.UTF8Encoding(true));
        Assert.Equal("x", Assert.Single(ManifestLayout.Read(csv).Train!.Images).Identity);
    }

    [Theory]
    [InlineData("0001_c12s1_000151_01.jpg")]
    [InlineData("0001_c10s1_000151_01.jpg")]
    [InlineData("0001_c99999999999s1_000151_01.jpg")]
    [InlineData("0001_c0s1_000151_01.jpg")]
    public void ReId_CameraOfSeveralDigits_IsReadWhole(string name)
    {
        Touch(name);
        foreach (ReIdLayout layout in new[] { ReIdLayout.Market1501, ReIdLayout.DukeMtmcReId })
        {
            Assert.Contains(
                name, Assert.Throws<InvalidDataException>(() => layout.ReadSet(_folder.Root)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReId_OtherEndingsAndMissingTrainingFolder_AreRead()
    {
        Touch("query/0001_c1s1_1.JPG", "bounding_box_test/0001_c2s1_1.PNG", "bounding_box_test/Thumbs.db",
            "bounding_box_test/0002_c3s1_1.jpeg", "bounding_box_test/-1_c1s1_1.jpg");
        using DataSplits splits = ReIdLayout.Market1501.Read(_folder.Root);
        Assert.Null(splits.Train);
        Assert.Equal(["0001"], splits.Query!.Images.Select(image => image.Identity));
        Assert.Equal(["c2", "c3"], splits.Gallery!.Images.Select(image => image.Facet));
        Assert.Single(splits.Gallery!.Skipped);
        Assert.Equal("1 hidden or service entry left out", splits.Gallery!.PassedOver);
    }

    [Fact]
    public void ReId_CameraThatIsNotThere_IsRefusedByName()
    {
        Touch("0002_c7s1_000451_03.jpg");
        Assert.Contains(
            "0002_c7",
            Assert.Throws<InvalidDataException>(() => ReIdLayout.Market1501.ReadSet(_folder.Root)).Message,
            StringComparison.Ordinal);
        Assert.Single(ReIdLayout.DukeMtmcReId.ReadSet(_folder.Root).Images);
    }

    [Fact]
    public void ReId_FolderThatLooksLikeAName_DoesNotMatter()
    {
        Touch("market1501/9_c3/0002_c1s1_000451_03.jpg");
        DataImage image = Assert.Single(ReIdLayout.Market1501.ReadSet(_folder.File("market1501/9_c3")).Images);
        Assert.Equal(("0002", "c1"), (image.Identity, image.Facet));
    }

    [Fact]
    public void Manifest_PathsOfWindows_LeadToTheFiles()
    {
        Touch("sub/b.jpg");
        ImageSet train = ManifestLayout.Read(Write("m.csv", "path,identity", @"sub\b.jpg,x")).Train!;
        Assert.NotEmpty(train.Files.Read(Assert.Single(train.Images).Path));
    }

    [Theory]
    [InlineData("""{"images":[{"id":1,"file_name":null}],"annotations":[]}""", "images[0].file_name is empty")]
    [InlineData("""{"images":[{"id":1}],"annotations":[]}""", "images[0] has no file_name")]
    [InlineData("""{"images":[{"id":1.5,"file_name":"a"}],"annotations":[]}""", "images[0].id is 1.5")]
    [InlineData("""{"images":[],"annotations":[{"image_id":"1"}]}""", "annotations[0].image_id is \"1\"")]
    [InlineData("""{"images":[]}""", "no list 'annotations'")]
    public void Coco_WhatIsMissing_IsNamed(string json, string expected) => Assert.Contains(
        expected,
        Assert.Throws<InvalidDataException>(() =>
            CocoLayout.ReadSet(_folder.Root, Write("a.json", json), "0", dropSingles: false)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Coco_NotUtf8_IsRefusedWithItsLine()
    {
        File.WriteAllBytes(_folder.File("l.json"), Encoding.Latin1.GetBytes("{\n\"images\":\"jos\u00E9\"}"));
        Assert.Contains(
            "line 2 is not UTF-8",
            Assert.Throws<InvalidDataException>(() =>
                CocoLayout.ReadSet(_folder.Root, _folder.File("l.json"), "0", dropSingles: false)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReId_Excluded_IsLeftOut()
    {
        Touch("query/0001_c1s1_1.jpg", "query/0002_c1s1_1.jpg", "bounding_box_test/0001_c2s1_1.jpg");
        DataSplits splits = ReIdLayout.Market1501.Read(_folder.Root, new FolderOptions { Exclude = ["0002*"] });
        Assert.Equal("0001", Assert.Single(splits.Query!.Images).Identity);
    }

    [Fact]
    public void Coco_OtherJson_IsRefusedByName() => Assert.Contains(
        "coco.json",
        Assert.Throws<InvalidDataException>(
            () => CocoLayout.ReadSet(".", Write("coco.json", "{\"images\": 3}"), "0", false)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Omniglot_TurnedAndListed_AreIdentities()
    {
        Zip("images_background.zip", "images_background/Greek/character01/0001_01.png",
            "images_background/Greek/character01/0001_02.png");
        Zip("images_evaluation.zip", "images_evaluation/Latin/character02/0002_01.png",
            "images_evaluation/Latin/character02/0002_02.png");
        using DataSplits splits = OmniglotLayout.Read(_folder.Root, null, turned: true, null, galleryImages: 1);
        Assert.Equal(8, splits.Train!.Images.Count);
        Assert.Equal(4, splits.Train!.Images.Select(image => image.Identity).Distinct().Count());
        Assert.Equal("Latin/character02/rot000", Assert.Single(splits.Gallery!.Images).Identity);
        Assert.Equal("02", Assert.Single(splits.Query!.Images).Facet);

        string list = Write("train.txt", "Latin/character02/rot270");
        using DataSplits listed = OmniglotLayout.Read(_folder.Root, list, turned: false, list, galleryImages: 1);
        Assert.All(listed.Train!.Images, image => Assert.Equal(3, image.QuarterTurns));
        Assert.Throws<InvalidDataException>(() =>
            OmniglotLayout.Read(_folder.Root, Write("bad.txt", "Nowhere/character01/rot000"), false, null, 1));
    }

    [Fact]
    public void Omniglot_SharedArchives_HaveTheirDocumentedSizes()
    {
        string folder = Path.Combine(Goldens.SharedFolder, "data", "omniglot");
        if (!Directory.Exists(folder))
        {
            Assert.Skip($"'{folder}' does not exist.");
        }

        using DataSplits splits = OmniglotLayout.Read(folder, null, turned: false, null, galleryImages: 5);
        Assert.Equal(19_280, splits.Train!.Images.Count);
        Assert.Equal(964, splits.Train!.ByIdentity().Count);
        Assert.Equal(659 * 5, splits.Gallery!.Images.Count);
        Assert.Equal(659 * 15, splits.Query!.Images.Count);
        ImageReader reader = new(splits.Train!, 64, 64, ResizeFilter.Bilinear, 0);
        byte[] pixels = new byte[reader.Length];
        reader.Read(0, pixels);
        Assert.Contains(pixels, level => level < 128);
        Assert.Contains(pixels, level => level == 255);
    }

    private void Touch(params string[] files) =>
        Array.ForEach(files, file => ImageStub.Write(_folder.File(file)));

    private string Write(string name, params string[] lines)
    {
        File.WriteAllLines(_folder.File(name), lines);
        return _folder.File(name);
    }

    private void Zip(string name, params string[] entries)
    {
        using ZipArchive archive = ZipFile.Open(_folder.File(name), ZipArchiveMode.Create);
        foreach (string entry in entries)
        {
            using Stream stream = archive.CreateEntry(entry).Open();
            stream.Write([1, 2, 3]);
        }
    }
}

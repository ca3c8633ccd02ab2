using OrleansGallery.Imaging;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Files and folders to embeddings.</summary>
public sealed class OfflineEmbedderTests : IDisposable
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Find_FileFolderAndFolders_ListsImagesInOrder()
    {
        foreach (string name in new[] { "b/2.png", "a/x.JPG", "a/notes.txt", "a/.hidden.png", "a-1/y.webp",
            "a/deep/z.bmp", "top.tif" })
        {
            Touch(name);
        }

        string[] found =
        [
            .. ImageFiles.Find(_folder.Root).Paths.Select(path => Path.GetRelativePath(_folder.Root, path)),
        ];

        Assert.Equal(["top.tif", "a/x.JPG", "a/deep/z.bmp", "a-1/y.webp", "b/2.png"], found);
        Assert.Equal([_folder.File("a/notes.txt")], ImageFiles.Find(_folder.File("a/notes.txt")).Paths);
        Assert.Throws<FileNotFoundException>(() => ImageFiles.Find(_folder.File("missing")));
        Directory.CreateDirectory(_folder.File("empty"));
        Assert.Throws<FileNotFoundException>(() => ImageFiles.Find(_folder.File("empty")));
    }

    [Fact]
    public void Embed_Files_GivesTheirEmbeddingsAndTheyRoundTrip()
    {
        string[] files = Pictures(3);

        EmbeddingSet set = new OfflineEmbedder(Means, _decoder).Embed(files, cancellationToken: Cancelled);

        Assert.Equal(files, set.Paths);
        Assert.Equal(PixelImage.Channels, set.Dimension);
        PixelImage second = Resizer.Resize(
            _decoder.Decode(File.ReadAllBytes(files[1])), Means.Height, Means.Width, Means.Filter);
        Assert.Equal(MeanOf(second), set.Row(1).ToArray());
        set.Write(_folder.File("out"));
        EmbeddingSet read = EmbeddingSet.Read(_folder.File("out"));
        Assert.Equal(set.Values, read.Values);
        Assert.Equal(set.Paths, read.Paths);
    }

    [Fact]
    public void Embed_UnreadableFiles_AreLeftOutUpToFivePerCent()
    {
        string[] files = Pictures(40);
        File.WriteAllText(files[7], "no image");
        OfflineEmbedder embedder = new(Means, _decoder);
        List<string> left = [];

        EmbeddingSet set = embedder.Embed(files, (file, _) => left.Add(file), cancellationToken: Cancelled);

        Assert.Equal([files[7]], left);
        Assert.Equal(39, set.Count);
        File.WriteAllText(files[8], "no image");
        File.WriteAllText(files[9], "no image");
        string message = Assert.Throws<InvalidDataException>(() => embedder.Embed(
            files, cancellationToken: Cancelled)).Message;
        Assert.Contains(files[9], message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IdentityRule.Folder, "a.jpg")]
    [InlineData(IdentityRule.Prefix, "a/b.jpg")]
    public void IdentityOf_APathThatDoesNotSay_IsRefused(IdentityRule rule, string path) =>
        Assert.Throws<InvalidDataException>(() => IdentityNames.Of(rule, [path]).Group([path]));

    [Fact]
    public void Rank_OtherDimensions_AreRefusedAndTopIsKept()
    {
        EmbeddingSet gallery = new([1, 0, 0, 1, 1, 1], 2, ["a", "b", "c"]);
        Assert.Throws<InvalidDataException>(() => SimilarRanking.Rank(
            gallery, new EmbeddingSet([1, 2, 3], 3, ["q"]), SimilarDistance.Cosine, false, 0));
        SimilarResult result = Assert.Single(SimilarRanking.Rank(
            gallery, new EmbeddingSet([0, 1], 2, ["q"]), SimilarDistance.Euclidean, false, 2));
        Assert.Equal(["b", "c"], result.Paths);
        Assert.Equal([0.0, 1.0], result.Distances);
    }

    // The mean of each channel.
    private static PixelEmbedder Means => new()
    {
        Height = 8, Width = 12, Dimension = PixelImage.Channels, Embed = images => [.. images.Select(MeanOf)],
    };

    private static float[] MeanOf(PixelImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        return [.. Enumerable.Range(0, PixelImage.Channels).Select(channel =>
            pixels.Where((_, i) => i % PixelImage.Channels == channel).Average(value => (float)value))];
    }

    public void Dispose() => _folder.Dispose();

    private string[] Pictures(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        string path = _folder.File($"{i:d3}.png");
        byte[] pixels = new byte[(20 + i) * 16 * PixelImage.Channels];
        new Random(i).NextBytes(pixels);
        File.WriteAllBytes(path, PngFile.Rgb(20 + i, 16, pixels));
        return path;
    })];

    private void Touch(string name) => ImageStub.Write(_folder.File(name));
}

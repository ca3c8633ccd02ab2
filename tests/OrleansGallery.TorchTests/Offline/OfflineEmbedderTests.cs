using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Offline;

/// <summary>Files and folders to embeddings.</summary>
public sealed class OfflineEmbedderTests : IDisposable
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly Testing.TemporaryFolder _folder = new();
    private readonly IImageDecoder _decoder = ImageDecoders.Create(new ImagingOptions());

    [Fact]
    public void Find_FileFolderAndFolders_ListsImagesInOrder()
    {
        foreach (string name in new[] { "b/2.png", "a/x.JPG", "a/notes.txt", "a/.hidden.png", "a-1/y.webp",
            "a/deep/z.bmp", "top.tif" })
        {
            Touch(name);
        }

        string[] found = [.. ImageFiles.Find(_folder.Root).Select(path => Path.GetRelativePath(_folder.Root, path))];

        Assert.Equal(["top.tif", "a/x.JPG", "a/deep/z.bmp", "a-1/y.webp", "b/2.png"], found);
        Assert.Equal([_folder.File("a/notes.txt")], ImageFiles.Find(_folder.File("a/notes.txt")));
        Assert.Throws<FileNotFoundException>(() => ImageFiles.Find(_folder.File("missing")));
        Directory.CreateDirectory(_folder.File("empty"));
        Assert.Throws<FileNotFoundException>(() => ImageFiles.Find(_folder.File("empty")));
    }

    [Fact]
    public void Embed_Files_GivesTheModelsEmbeddingsAndTheyRoundTrip()
    {
        string[] files = Pictures(3);
        using EmbeddingModel model = new ModelStore(_folder.File("models")).Load(ModelStore.DefaultName);

        EmbeddingSet set = new OfflineEmbedder(model, _decoder).Embed(files, cancellationToken: Cancelled);

        Assert.Equal(files, set.Paths);
        Assert.Equal(model.Description.Dimension, set.Dimension);
        PixelImage second = Resizer.Resize(_decoder.Decode(File.ReadAllBytes(files[1])),
            model.Description.InputHeight, model.Description.InputWidth, model.Description.Filter);
        float[] alone = Assert.Single(model.Embed([second]));
        Assert.InRange(Vectors.Cosine(alone, set.Row(1).ToArray()), 1 - 1e-6, 1 + 1e-6);
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
        using EmbeddingModel model = new ModelStore(_folder.File("models")).Load(ModelStore.DefaultName);
        OfflineEmbedder embedder = new(model, _decoder);
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
        Assert.Throws<InvalidDataException>(() => rule.IdentityOf(path));

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

    public void Dispose() => _folder.Dispose();

    private string[] Pictures(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        string path = _folder.File($"{i:d3}.png");
        PixelImage image = TestImages.Noise(i, 20 + i, 16);
        File.WriteAllBytes(path, PngFile.Rgb(image.Width, image.Height, image.Pixels.Span));
        return path;
    })];

    private void Touch(string name)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
    }
}

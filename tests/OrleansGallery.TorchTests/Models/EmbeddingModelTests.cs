using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Testing;
using OrleansGallery.TorchTests.Networks;
using TorchSharp;

namespace OrleansGallery.TorchTests.Models;

public sealed class EmbeddingModelTests : IDisposable
{
    private static readonly ModelDescription Small = new()
    {
        Id = string.Empty,
        Architecture = string.Empty,
        Dimension = 0,
        InputHeight = 64,
        InputWidth = 32,
        Filter = ResizeFilter.Bicubic,
        Mean = [0.5f, 0.25f, 0.125f],
        Std = [0.3f, 0.2f, 0.1f],
        Provenance = "formula",
        Sha256 = string.Empty,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SavedModel_HasTheSameDescriptionAndEmbeddings()
    {
        string path = SaveResNet18();
        using EmbeddingModel model = EmbeddingModel.Load(path);
        ModelDescription description = model.Description;
        Assert.Equal($"test-{description.Sha256[..8]}", description.Id);
        Assert.Equal("resnet18", description.Architecture);
        Assert.Equal((512, 64, 32), (description.Dimension, description.InputHeight, description.InputWidth));
        Assert.Equal(Small.Mean, description.Mean);
        Assert.Equal(Small.Std, description.Std);
        Assert.Equal(ResizeFilter.Bicubic, description.Filter);
        Assert.Equal("formula", description.Provenance);

        PixelImage image = TestImages.Noise(1, 32, 64);
        using EmbeddingNetwork network = FormulaNetwork.Create("resnet18");
        using torch.Tensor batch = ImageTensor.Create([image], new Normalization(Small.Mean, Small.Std));
        using torch.Tensor expected = network.call(batch);
        // Its normalisations are part of its convolutions now.
        GoldenNumbers.AssertClose(expected.data<float>().ToArray(), model.Embed([image])[0], "embedding");

        using (SafetensorsFile file = SafetensorsFile.Open(path))
        using (EmbeddingNetwork read = NetworkModel.Read(file, description))
        {
            EmbeddingModel.Save(_folder.File("again.safetensors"), "test", read, description);
        }

        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(_folder.File("again.safetensors")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(65)]
    public void Embed_AnyCount_EqualsOneByOne(int count)
    {
        using EmbeddingModel model = EmbeddingModel.Load(SaveResNet18());
        PixelImage[] images = [.. Enumerable.Range(0, count).Select(i => TestImages.Noise(i, 32, 64))];
        float[][] together = model.Embed(images);
        Assert.Equal(count, together.Length);
        for (int i = 0; i < count; i += 8)
        {
            // The last bits may depend on the batch.
            Assert.InRange(Vectors.Cosine(model.Embed([images[i]])[0], together[i]), 1 - 1e-9, 1 + 1e-9);
        }
    }

    [Fact]
    public void Embed_ManyTimes_LeavesNoTensorBehind()
    {
        using EmbeddingModel model = EmbeddingModel.Load(SaveResNet18());
        PixelImage[] images = [TestImages.Noise(1, 32, 64), TestImages.Noise(2, 32, 64)];
        model.Embed(images);
        long before = torch.Tensor.TotalCount;
        for (int i = 0; i < 10; i++)
        {
            model.Embed(images);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Embed_OtherSize_NamesBothSizes()
    {
        using EmbeddingModel model = EmbeddingModel.Load(SaveResNet18());
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Embed([TestImages.Noise(1, 64, 32)]));
        Assert.Contains("64 x 32", e.Message, StringComparison.Ordinal);
        Assert.Contains("32 x 64", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsOfAnotherNetwork_NamesWhatDiffers()
    {
        using EmbeddingNetwork network = new(Architectures.ResNet18);
        Dictionary<string, string> metadata = ModelMetadata.Write("x", Small with { Architecture = "resnet50" });
        string path = _folder.File("wrong.safetensors");
        SafetensorsFile.Write(path, NetworkWeights.Copy(network), metadata);
        CheckpointException e = Assert.Throws<CheckpointException>(() => EmbeddingModel.Load(path));
        Assert.Equal(path, e.File);
        Assert.Contains(
            "'backbone.base.layer1.0.conv1.weight' is [64, 64, 3, 3] instead of [64, 64, 1, 1]",
            e.Message,
            StringComparison.Ordinal);
        Assert.Contains("'backbone.base.layer1.0.conv3.weight' is missing", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("architecture", null, "no 'architecture'")]
    [InlineData("architecture", "vgg16", "'vgg16' is none of")]
    [InlineData("input_height", null, "'input_height' is ''")]
    [InlineData("input_width", "99999", "'input_width' is '99999'")]
    [InlineData("mean", "1,2", "'mean' is '1,2'")]
    [InlineData("std", "1,0,1", "'std' is '1,0,1'")]
    [InlineData("filter", "lanczos", "'filter' is 'lanczos'")]
    public void Describe_BadMetadata_NamesTheKey(string key, string? value, string expected)
    {
        Dictionary<string, string> metadata = ModelMetadata.Write("x", Small with { Architecture = "resnet18" });
        metadata.Remove(key);
        if (value is not null)
        {
            metadata[key] = value;
        }

        string path = _folder.File("bad.safetensors");
        SafetensorsFile.Write(path, [], metadata);
        CheckpointException e = Assert.Throws<CheckpointException>(() => EmbeddingModel.Describe(path));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelStore_ImportGetList_FindById()
    {
        ModelStore store = new(_folder.File("store"));
        Assert.Equal(DefaultModel.Id, Assert.Single(store.List()).Id);
        Assert.False(Directory.Exists(_folder.File("store")));
        ModelDescription added = store.Import(SaveResNet18()).Description;
        File.WriteAllText(_folder.File("store/other.safetensors"), "no model");
        Assert.Equal([DefaultModel.Id, added.Id], store.List().Select(model => model.Id));
        Assert.Equal(_folder.File($"store/{added.Id}.safetensors"), store.Get(added.Id));
        Assert.Null(store.Get("test-00000000"));
        Assert.Null(store.Get("../test"));
        File.Copy(store.Get(added.Id)!, _folder.File("store/renamed.safetensors"));
        Assert.Throws<CheckpointException>(() => store.Get("renamed"));
    }

    private string SaveResNet18()
    {
        using EmbeddingNetwork network = FormulaNetwork.Create("resnet18");
        string path = _folder.File("model.safetensors");
        EmbeddingModel.Save(path, "test", network, Small);
        return path;
    }
}

using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Testing;
using OrleansGallery.TorchTests.Networks;

namespace OrleansGallery.TorchTests.Import;

/// <summary>Other people's checkpoints become models, or are refused in words.</summary>
public sealed class ModelImportTests : IDisposable
{
    private const string Trunk = "backbone.base.";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_ThePapersCheckpoint_GivesItsEmbeddings()
    {
        List<SafetensorsTensor> tensors = FormulaTensors("resnet18", Trunk);
        tensors.Add(SafetensorsTensor.Of("fc_query.weight", [3, 512], new float[3 * 512]));
        tensors.Add(SafetensorsTensor.Of("center_loss.centers", [3, 512], new float[3 * 512]));

        ModelDescription model = Import(tensors, new ImportOptions());

        Assert.Equal(("resnet18", false, 1, 256, 128),
            (model.Architecture, model.StemRelu, model.LastStride, model.InputHeight, model.InputWidth));
        AssertEmbedding(model, "resnet18", neck: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("base.")]
    public void Run_ABareNetwork_IsStrippedAndGivesPooledFeatures(string prefix)
    {
        List<SafetensorsTensor> tensors = FormulaTensors("resnet18", prefix);
        tensors.RemoveAll(tensor => tensor.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)
            || tensor.Name.StartsWith("bn.", StringComparison.Ordinal));
        tensors.Add(SafetensorsTensor.Of($"{prefix}fc.weight", [5, 512], new float[5 * 512]));
        tensors.Add(SafetensorsTensor.Of($"{prefix}fc.bias", [5], new float[5]));

        AssertEmbedding(Import(tensors, new ImportOptions()), "resnet18", neck: false);
    }

    [Fact]
    public void Run_SplitNetworkWithoutClassifier_IsFilledWithZeros()
    {
        List<SafetensorsTensor> tensors = FormulaTensors("resnet50_ibn_a", string.Empty);
        tensors.RemoveAll(tensor => tensor.Name.StartsWith("bn.", StringComparison.Ordinal)
            || tensor.Name.StartsWith("fc.", StringComparison.Ordinal));

        ModelDescription model = Import(tensors, new ImportOptions());

        Assert.Equal(("resnet50_ibn_a", true), (model.Architecture, model.StemRelu));
        AssertEmbedding(model, "resnet50_ibn_a", neck: false);
    }

    [Fact]
    public void Run_StemReluAndStride_AreKeptInTheMetadata()
    {
        ModelDescription model = Import(
            FormulaTensors("resnet18", Trunk),
            new ImportOptions
            {
                StemRelu = true, LastStride = 2, Name = "stock name", InputHeight = 64, InputWidth = 32,
            });

        Assert.StartsWith("stock-name-", model.Id, StringComparison.Ordinal);
        Assert.Equal((true, 2, 64, 32), (model.StemRelu, model.LastStride, model.InputHeight, model.InputWidth));
        using EmbeddingModel loaded = new ModelStore(_folder.Root).Load(model.Id);
        Assert.Equal(true, loaded.Description.StemRelu);
        using EmbeddingNetwork plain = FormulaNetwork.Create("resnet18");
        float[] without = FormulaNetwork.Run(plain, "in_1x3x64x32", [1, 3, 64, 32]).Embedding;
        Assert.NotEqual(without[0], Assert.Single(loaded.Embed([TestImages.Noise(1, 32, 64)]))[0]);
    }

    [Theory]
    [InlineData(FitKind.Crop, null, 256)]
    [InlineData(null, 300, 300)]
    [InlineData(FitKind.Pad, null, 0)]
    [InlineData(null, null, 0)]
    public void Run_Fit_IsKeptInTheMetadata(FitKind? kind, int? shorterSide, int expected)
    {
        ModelDescription model = Import(
            FormulaTensors("resnet18", Trunk),
            new ImportOptions { Fit = kind, ShorterSide = shorterSide, InputHeight = 224, InputWidth = 224 });

        Fit fit = new ModelStore(_folder.Root).List().Single(found => found.Id == model.Id).Fit;
        FitKind otherwise = shorterSide is null ? FitKind.Stretch : FitKind.Crop;
        Assert.Equal(new Fit(kind ?? otherwise, expected), fit);
    }

    [Fact]
    public void Run_AShorterSideBelowTheInput_IsRefusedNamingBoth()
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => Import(
            FormulaTensors("resnet18", Trunk), new ImportOptions { Fit = FitKind.Crop, ShorterSide = 100 }));
        Assert.Contains("--shorter-side is 100", e.Message, StringComparison.Ordinal);
        Assert.Contains("128 at least", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AWrongCheckpoint_IsRefusedNamingWhatDiffers()
    {
        List<SafetensorsTensor> tensors = FormulaTensors("resnet18", Trunk);
        tensors.RemoveAll(tensor => tensor.Name == "bn.weight");
        tensors.RemoveAll(tensor => tensor.Name == $"{Trunk}layer2.0.conv1.weight");
        tensors.Add(SafetensorsTensor.Of($"{Trunk}layer2.0.conv1.weight", [1], [1]));
        tensors.Add(SafetensorsTensor.Of($"{Trunk}surplus", [1], [1]));

        CheckpointException e = Assert.Throws<CheckpointException>(() => Import(tensors, new ImportOptions()));

        Assert.Contains("missing: 'bn.weight'", e.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected: 'backbone.base.surplus'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'backbone.base.layer2.0.conv1.weight' is [1] instead of [128, 64, 3, 3]", e.Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root, "*-*.safetensors"));
    }

    [Fact]
    public void Run_AnUnknownNetwork_IsRefusedNamingThoseKnown()
    {
        SafetensorsTensor[] tensors = [SafetensorsTensor.Of("conv1.weight", [16, 3, 3, 3], new float[16 * 27])];
        CheckpointException e = Assert.Throws<CheckpointException>(() => Import([.. tensors], new ImportOptions()));
        Assert.Contains("are those of none of compact-resnet, resnet18", e.Message, StringComparison.Ordinal);

        e = Assert.Throws<CheckpointException>(
            () => Import([.. tensors], new ImportOptions { Architecture = "resnet19" }));
        Assert.Contains("'resnet19' is none of", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Golden")]
    public void Run_EveryMiniature_IsRefusedAsTooSmall()
    {
        foreach (string path in Goldens.Find("miniature checkpoints", "misc", "mini_*.ckpt"))
        {
            CheckpointException e = Assert.Throws<CheckpointException>(
                () => new ModelStore(_folder.Root).Import(path));
            Assert.Contains("does not fit the network resnet50: missing:", e.Message, StringComparison.Ordinal);
            Assert.Contains("is [4, 3, 7, 7] instead of [64, 3, 7, 7]", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_AModelsFile_IsCopied()
    {
        string path = DefaultModel.EnsureCreated(_folder.File("made"));
        Assert.Equal(DefaultModel.Id, new ModelStore(_folder.File("store")).Import(path).Description.Id);
    }

    [Fact]
    public void Run_AModelsFileHalved_KeepsItsDescriptionAndEmbeddings()
    {
        string path = RandomModel.EnsureCreated(_folder.File("made"));
        ModelDescription half = new ModelStore(_folder.File("store")).Import(path, new ImportOptions
        {
            Half = true, Name = "small", InputHeight = 96, InputWidth = 96,
        }).Description;
        Assert.StartsWith("small-", half.Id, StringComparison.Ordinal);
        Assert.Equal((96, 96, false), (half.InputHeight, half.InputWidth, half.Trained));
        string file = Path.Combine(_folder.File("store"), $"{half.Id}.safetensors");
        Assert.InRange(new FileInfo(file).Length, 1, (new FileInfo(path).Length / 2) + 20_000);
        using EmbeddingModel small = EmbeddingModel.Load(file);
        new ModelStore(_folder.File("full")).Import(path, new ImportOptions { InputHeight = 96, InputWidth = 96 });
        using EmbeddingModel full = EmbeddingModel.Load(Directory.GetFiles(_folder.File("full"))[0]);
        PixelImage[] image = [TestImages.Patches(3, 96)];
        Assert.InRange(Vectors.Cosine(small.Embed(image)[0], full.Embed(image)[0]), 0.9999, 1.0001);
    }

    public void Dispose() => _folder.Dispose();

    private static List<SafetensorsTensor> FormulaTensors(string model, string prefix)
    {
        using EmbeddingNetwork network = FormulaNetwork.Create(model);
        return [.. NetworkWeights.Copy(network).Select(tensor =>
            tensor with { Name = tensor.Name.Replace(Trunk, prefix, StringComparison.Ordinal) })];
    }

    private ModelDescription Import(List<SafetensorsTensor> tensors, ImportOptions options)
    {
        string path = _folder.File("source");
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string>());
        return new ModelStore(_folder.Root).Import(path, options).Description;
    }

    private void AssertEmbedding(ModelDescription model, string formula, bool neck)
    {
        using SafetensorsFile file = SafetensorsFile.Open(new ModelStore(_folder.Root).Get(model.Id)!);
        using EmbeddingNetwork expected = FormulaNetwork.Create(formula);
        using EmbeddingNetwork actual = new(Architectures.Find(formula)!);
        NetworkWeights.Load(actual, file);
        actual.eval();
        (float[] pooled, float[] embedding) = FormulaNetwork.Run(expected, "in_1x3x64x32", [1, 3, 64, 32]);
        GoldenNumbers.AssertClose(
            neck ? embedding : pooled,
            FormulaNetwork.Run(actual, "in_1x3x64x32", [1, 3, 64, 32]).Embedding,
            model.Id,
            1e-6f);
    }
}

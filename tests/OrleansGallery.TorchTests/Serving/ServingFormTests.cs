using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Inference.Serving;
using OrleansGallery.Testing;
using OrleansGallery.TorchTests.Networks;
using TorchSharp;

namespace OrleansGallery.TorchTests.Serving;

/// <summary>What serves beside the network as it was trained.</summary>
public sealed class ServingFormTests : IDisposable
{
    private static readonly Normalization Pixels = new([0.5f, 0.25f, 0.125f], [0.3f, 0.2f, 0.1f]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("resnet18", ModelPrecision.Float32, 1e-5)]
    [InlineData("resnet50", ModelPrecision.Float32, 1e-5)]
    [InlineData("resnet50_ibn_a", ModelPrecision.Float32, 1e-5)]
    [InlineData("compact-resnet", ModelPrecision.Float32, 1e-5)]
    [InlineData("conv4-64", ModelPrecision.Float32, 1e-5)]
    [InlineData("osnet_x0_25", ModelPrecision.Float32, 1e-5)]
    [InlineData("resnet18", ModelPrecision.Float16, 1e-5)]
    [InlineData("resnet50", ModelPrecision.Float16, 1e-5)]
    [InlineData("resnet50_ibn_a", ModelPrecision.Float16, 1e-5)]
    [InlineData("compact-resnet", ModelPrecision.Float16, 1e-5)]
    [InlineData("conv4-64", ModelPrecision.Float16, 1e-5)]
    [InlineData("osnet_x0_25", ModelPrecision.Float16, 1e-5)]
    [InlineData("resnet18", ModelPrecision.BFloat16, 1e-4)]
    [InlineData("resnet50", ModelPrecision.BFloat16, 1e-4)]
    [InlineData("resnet50_ibn_a", ModelPrecision.BFloat16, 1e-4)]
    [InlineData("compact-resnet", ModelPrecision.BFloat16, 1e-4)]
    [InlineData("conv4-64", ModelPrecision.BFloat16, 1e-4)]
    [InlineData("osnet_x0_25", ModelPrecision.BFloat16, 1e-4)]
    public void Embed_EveryNetwork_DeviatesLittle(string architecture, ModelPrecision precision, double most)
    {
        PixelImage[] images = [TestImages.Patches(1, 64), TestImages.Noise(2, 64, 64), TestImages.Patches(3, 64)];
        using EmbeddingNetwork network = FormulaNetwork.Create(architecture);
        string path = Save(network);
        if (IsRefusedHere(path, precision))
        {
            return;
        }

        using EmbeddingModel model = EmbeddingModel.Load(path, precision: precision);
        Assert.Equal(precision, model.Precision);
        using torch.Tensor batch = ImageTensor.Create(images, Pixels);
        using torch.Tensor expected = network.call(batch);
        float[][] actual = model.Embed(images);
        for (int i = 0; i < images.Length; i++)
        {
            using torch.Tensor row = expected[i];
            double deviation = 1 - Vectors.Cosine(row.data<float>().ToArray(), actual[i]);
            Assert.True(deviation <= most, $"Image {i}: {deviation:E2}");
        }
    }

    [Theory]
    [InlineData(ModelPrecision.Float32, 1e-9)]
    [InlineData(ModelPrecision.Float16, 1e-6)]
    [InlineData(ModelPrecision.BFloat16, 1e-5)]
    public void Embed_DefaultModelInABatch_EqualsOneByOneAndItself(ModelPrecision precision, double most)
    {
        string path = DefaultModel.EnsureCreated(_folder.Root);
        if (IsRefusedHere(path, precision))
        {
            return;
        }

        using EmbeddingModel model = EmbeddingModel.Load(path, precision: precision);
        PixelImage[] images = [.. Enumerable.Range(0, 5).Select(i => TestImages.Patches(i, DefaultModel.InputSide))];
        float[][] together = model.Embed(images);
        Assert.Equal(together, model.Embed(images));
        for (int i = 0; i < images.Length; i++)
        {
            double deviation = 1 - Vectors.Cosine(model.Embed([images[i]])[0], together[i]);
            Assert.True(deviation <= most, $"Image {i}: {deviation:E2}");
        }
    }

    [Fact]
    public void Embed_SmallerBatchAfterALarger_SeesNothingOfIt()
    {
        using EmbeddingModel model = EmbeddingModel.Load(DefaultModel.EnsureCreated(_folder.Root));
        PixelImage[] images = [.. Enumerable.Range(0, 3).Select(i => TestImages.Patches(i, DefaultModel.InputSide))];
        float[] alone = model.Embed([images[2]])[0];
        model.Embed(images);
        Assert.Equal(alone, model.Embed([images[2]])[0]);
    }

    [Fact]
    public void Apply_Network_LeavesNoNormalisationBehindAConvolution()
    {
        using EmbeddingNetwork network = FormulaNetwork.Create("resnet50");
        int before = torch.Tensor.TotalCount is var count ? (int)count : 0;
        ServingForm.Apply(network, Pixels, torch.ScalarType.Float32, torch.CPU);
        using torch.Tensor input = torch.zeros(1, 3, 64, 32);
        using torch.Tensor output = network.call(input);
        Assert.All(
            network.modules().OfType<TorchSharp.Modules.Convolution>(),
            convolution => Assert.NotNull(convolution.bias));
        Assert.True(torch.Tensor.TotalCount - before < 400, "Temporary tensors stay.");
    }

    [Fact]
    public void Load_WeightsThatOverflow_IsRefusedByTheGreyImage()
    {
        using EmbeddingNetwork network = FormulaNetwork.Create("resnet18");
        using (torch.no_grad())
        {
            foreach ((string name, torch.Tensor value) in NetworkState.Of(network))
            {
                if (name.EndsWith("conv2.weight", StringComparison.Ordinal))
                {
                    value.fill_(1e30f);
                }
            }
        }

        CheckpointException e = Assert.Throws<CheckpointException>(() => EmbeddingModel.Load(Save(network)));
        Assert.Contains("its embedding of a grey image is ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Auto_TakesAPrecisionThatTheProcessorComputes()
    {
        using EmbeddingModel model = EmbeddingModel.Load(
            DefaultModel.EnsureCreated(_folder.Root), precision: ModelPrecision.Auto);
        Assert.True(
            model.Precision == ModelPrecision.Float32
            || (model.Precision == ModelPrecision.BFloat16
                && PrecisionSupport.HasBFloat16(ProcessorFlags.OfThisMachine)));
    }

    [Fact]
    public void RequireOfProcessor_LackingPrecision_NamesTheSetting()
    {
        IReadOnlySet<string> old = ProcessorFlags.Parse(["processor : 0", "flags\t\t: sse avx2 f16c"]);
        PrecisionSupport.RequireOfProcessor(ModelPrecision.Float32, old);
        foreach (ModelPrecision precision in (ModelPrecision[])[ModelPrecision.Float16, ModelPrecision.BFloat16])
        {
            TorchRuntimeException e = Assert.Throws<TorchRuntimeException>(
                () => PrecisionSupport.RequireOfProcessor(precision, old));
            Assert.Contains("Server:Precision", e.Message, StringComparison.Ordinal);
        }

        IReadOnlySet<string> arm = ProcessorFlags.Parse(["Features : fp asimd asimdhp bf16"]);
        PrecisionSupport.RequireOfProcessor(ModelPrecision.Float16, arm);
        PrecisionSupport.RequireOfProcessor(ModelPrecision.BFloat16, arm);
        Assert.Empty(ProcessorFlags.Parse(["nothing"]));
        TorchRuntimeException unknown = Assert.Throws<TorchRuntimeException>(
            () => PrecisionSupport.RequireOfProcessor(ModelPrecision.BFloat16, new HashSet<string>()));
        Assert.Contains("is not known (/proc/cpuinfo", unknown.Message, StringComparison.Ordinal);
    }

    // A processor that lacks the precision does not imitate it, slowly.
    private static bool IsRefusedHere(string path, ModelPrecision precision)
    {
        try
        {
            PrecisionSupport.Require(precision, torch.CPU);
            return false;
        }
        catch (TorchRuntimeException refusal)
        {
            Assert.Equal(
                refusal.Message,
                Assert.Throws<TorchRuntimeException>(() => EmbeddingModel.Load(path, precision: precision)).Message);
            return true;
        }
    }

    private string Save(EmbeddingNetwork network)
    {
        string path = _folder.File("model.safetensors");
        EmbeddingModel.Save(path, "test", network, new ModelDescription
        {
            Id = string.Empty,
            Architecture = string.Empty,
            Dimension = 0,
            InputHeight = 64,
            InputWidth = 64,
            Mean = Pixels.Mean,
            Std = Pixels.Std,
            Sha256 = string.Empty,
        });
        return path;
    }
}

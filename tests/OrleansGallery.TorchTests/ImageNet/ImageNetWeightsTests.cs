using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Onnx;
using OrleansGallery.Testing;
using OrleansGallery.Training;
using TorchSharp;

namespace OrleansGallery.TorchTests.ImageNet;

/// <summary>The weights that come with the program, where the build could have them.</summary>
public sealed class ImageNetWeightsTests : IDisposable
{
    private const int Side = 224;

    // What the package's own preprocessing subtracts, of blue, green and red.
    private static readonly float[] Means = [103.063f, 115.903f, 123.152f];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Import_TheWeights_EmbedsAsTheGraphDoesOnOnnxRuntime()
    {
        RequireWeights();
        ModelStore store = new(_folder.Root);
        ModelDescription description = store.Import(ImageNetWeights.Name).Description;
        using EmbeddingModel model = store.Load(description.Id);
        using OnnxSession session = OnnxSession.Open(
            File.ReadAllBytes(ImageNetWeights.Path), "Input247", "Pooling395_Output_0", "cpu", 2);

        Assert.Equal(
            ("resnet18-2223", 512, Side, Side, true),
            (description.Architecture, description.Dimension, description.InputHeight, description.InputWidth,
                description.Trained));
        Assert.Contains("MIT licence", description.Provenance, StringComparison.Ordinal);
        foreach (PixelImage image in (PixelImage[])
            [TestImages.Noise(1, Side, Side), TestImages.Patches(2, Side), TestImages.Patches(3, Side)])
        {
            float[] expected = Normalised(session.Run(Planes(image), [1, 3, Side, Side]).Numbers);
            float[] actual = Normalised(Assert.Single(model.Embed([image])));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.InRange(actual[i] - expected[i], -1e-4f, 1e-4f);
            }
        }
    }

    [Fact]
    public void Load_InAConfiguration_StartsTheNetworkFromThem()
    {
        RequireWeights();
        TrainingOptions options = new()
        {
            Network = new NetworkOptions
            {
                Architecture = "resnet18-2223", InitialCheckpoint = "imagenet-resnet", LastStride = 1,
            },
        };
        using TrainingModel training = new(options, 2, _folder.Root, torch.CPU);
        using CheckpointFile file = CheckpointFile.Open(ImageNetWeights.Name);

        (string _, torch.Tensor stem) = NetworkState.Of(training.Network)
            .First(item => item.Name == "backbone.base.conv1.weight");
        Assert.Equal(file.ReadSingles(file.Find("conv1.weight")!), stem.data<float>().ToArray());
    }

    [Fact]
    public void Load_IntoAnotherNetwork_NamesWhatDiffers()
    {
        RequireWeights();
        using EmbeddingNetwork network = new(Architectures.ResNet50);
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => InitialWeights.Load(network, ImageNetWeights.Name));
        Assert.Contains("resnet50 has [", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithoutTheFile_NamesThePackage()
    {
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => ImageNetWeights.Open(_folder.File("missing.onnx")));
        Assert.Contains("Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 could not be restored", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ADamagedFile_IsRefusedBySha256()
    {
        File.WriteAllBytes(_folder.File("damaged.onnx"), new OnnxFile().ToArray());
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => ImageNetWeights.Open(_folder.File("damaged.onnx")));
        Assert.Contains("it is damaged: its SHA-256 is", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireWeights() => Assert.SkipUnless(
        File.Exists(ImageNetWeights.Path), "The build could not restore the package of ImageNet's weights.");

    private static float[] Planes(PixelImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        float[] planes = new float[pixels.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            int channel = i / (Side * Side);
            planes[i] = pixels[(i % (Side * Side) * 3) + 2 - channel] - Means[channel];
        }

        return planes;
    }

    private static float[] Normalised(float[] vector)
    {
        float norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }
}

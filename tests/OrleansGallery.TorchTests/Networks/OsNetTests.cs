using OrleansGallery.Imaging;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Networks;

/// <summary>
/// OSNet against a second implementation: written from the paper (stem, omni-scale blocks, shared gate, stage layout)
/// in plain float64 tensor arithmetic of PyTorch 1.13, driven by the names in the state dictionary alone, with Pillow
/// 9.4 resizing the images. The figures here are its output.
/// </summary>
public sealed class OsNetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, double, int, float[]> Formula => new()
    {
        { "osnet_x0_25", 196.35258855302817, 273,
            [0.515133f, 0f, 0.564823f, 1.50856f, 0.4865f, 0f, 0.342248f, 1.70426f] },
        { "osnet_x0_5", 346.35180100861805, 264, [0f, 1.69899f, 0f, 3.55281f, 0f, 0f, 1.12272f, 5.09431f] },
        { "osnet_x0_75", 792.9130367001517, 263, [0f, 1.45776f, 5.54353f, 2.31045f, 1.82486f, 0f, 0f, 5.02114f] },
        { "osnet_x1_0", 444.3636106214967, 245, [4.54628f, 2.2536f, 0.632273f, 0f, 1.47518f, 2.70217f, 0.543499f, 0f] },
    };

    [Theory]
    [MemberData(nameof(Formula))]
    public void Pool_FormulaWeights_EqualsTheSecondImplementation(string model, double sum, int positive, float[] first)
    {
        using EmbeddingNetwork network = FormulaNetwork.Create(model);
        (float[] pooled, _) = FormulaNetwork.Run(network, "in_1x3x128x64", [1, 3, 128, 64]);

        Assert.Equal(512, pooled.Length);
        Assert.Equal(sum, pooled.Sum(value => (double)value), 1e-4 * sum);
        Assert.InRange(pooled.Count(value => value > 0), positive - 1, positive + 1);
        GoldenNumbers.AssertClose(first, pooled.AsSpan(0, first.Length), model);
    }

    [Theory]
    [InlineData("osnet_x0_25", 201_864)]
    [InlineData("osnet_x0_5", 630_034)]
    [InlineData("osnet_x0_75", 1_285_754)]
    [InlineData("osnet_x1_0", 2_169_508)]
    public void Parameters_OfTheTrunk_AreAsManyAsInThePaper(string model, long expected)
    {
        using EmbeddingNetwork network = new(Architectures.Find(model)!);
        Assert.Equal(expected, network.Trunk.parameters().Sum(parameter => parameter.numel()));
    }

    public static TheoryData<string, string, double, double, float[]> Images => new()
    {
        { "osnet_x0_25_market1501", "img1_150x97_edges", 25.990386607947713, 12.94209017544729,
            [0.0218482f, 0f, 0.0140473f, 0.0382816f, 0.0197217f, 0.0019929f, 0.0033363f, 0f] },
        { "osnet_x0_25_market1501", "img0_64x128", 19.48807462074011, 13.56127276367181,
            [0.070497f, 0f, 0.0995889f, 0.0230741f, 0f, 0f, 0.0458035f, 0f] },
        { "osnet_x0_25_msmt17", "img1_150x97_edges", 26.992648374813083, 10.747825284593194,
            [0f, 0f, 0.0272989f, 0f, 0.0479256f, 0.053626f, 0.00707665f, 0.00191342f] },
        { "osnet_x0_25_msmt17", "img0_64x128", 23.88604979212136, 11.192665997949108,
            [0.0687532f, 0f, 0.0826834f, 0f, 0.00813484f, 0f, 0.00317205f, 0f] },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Embed_PublicWeights_GiveTheSecondImplementationsOutput(
        string weights, string image, double norm, double sum, float[] first)
    {
        string path = Path.Combine(Goldens.SharedFolder, "data", "weights", "osnet", $"{weights}.pth");
        string picture = Path.Combine(Goldens.SharedFolder, "golden", "preproc", $"{image}.png");
        Assert.SkipUnless(File.Exists(path) && File.Exists(picture), $"'{path}' or '{picture}' does not exist.");
        ModelDescription imported = new ModelStore(_folder.Root).Import(path).Description;
        using EmbeddingModel model = new ModelStore(_folder.Root).Load(imported.Id);
        PixelImage pixels = Resizer.Resize(
            ImageDecoders.Create(new ImagingOptions()).Decode(File.ReadAllBytes(picture)),
            256,
            128,
            ResizeFilter.Bilinear);
        float[] embedding = Assert.Single(model.Embed([pixels]));

        Assert.Equal(("osnet_x0_25", 512, 256, 128),
            (imported.Architecture, imported.Dimension, imported.InputHeight, imported.InputWidth));
        double length = Math.Sqrt(embedding.Sum(value => (double)value * value));
        Assert.Equal(norm, length, 1e-4 * norm);
        Assert.Equal(sum, embedding.Sum(value => value / length), 1e-3);
        for (int i = 0; i < first.Length; i++)
        {
            Assert.Equal(first[i], embedding[i] / length, 1e-5);
        }
    }

    public void Dispose() => _folder.Dispose();
}

using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Trainer;

public sealed class TrainingConfigurationTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Configurations");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Section 5 of the reference: size, backbone, identities per batch, rate, fill, precision.
    [Theory]
    [InlineData("market1501-ctl", 256, 128, "resnet50", 16, 3.5e-4, FillKind.Mock, false, 1)]
    [InlineData("dukemtmcreid-ctl", 256, 128, "resnet50", 16, 3.5e-4, FillKind.Mock, true, 1)]
    [InlineData("market1501-base", 256, 128, "resnet50", 16, 3.5e-4, FillKind.Resample, false, 0)]
    [InlineData("dukemtmcreid-base", 256, 128, "resnet50", 16, 3.5e-4, FillKind.Resample, false, 0)]
    [InlineData("deepfashion-ctl-s", 256, 128, "resnet50", 48, 1e-4, FillKind.Mock, true, 1)]
    [InlineData("deepfashion-ctl-l", 320, 320, "resnet50_ibn_a", 12, 1e-4, FillKind.Mock, true, 1)]
    [InlineData("street2shop-ctl-s", 256, 128, "resnet50", 48, 1e-4, FillKind.Mock, true, 1)]
    [InlineData("street2shop-ctl-l", 320, 320, "resnet50_ibn_a", 14, 1e-4, FillKind.Mock, true, 1)]
    public void Load_ThePapersSetUps_AreAsPublished(
        string name, int height, int width, string network, int identities, double rate, FillKind fill, bool mixed,
            double ctl)
    {
        TrainingOptions options = TrainingConfiguration.Load(Path.Combine(Folder, $"{name}.json"));
        Assert.Equal((height, width, network), (options.Network.Height, options.Network.Width,
            PaperRecipe.Find(name)!.Architecture));
        Assert.Equal((identities, 4, fill), (options.Sampler.Identities, options.Sampler.Images, options.Sampler.Fill));
        Assert.Equal((rate, 5e-4), (options.Optimization.LearningRate, options.Optimization.WeightDecay));
        MixedPrecisionKind precision = mixed ? MixedPrecisionKind.Cuda : MixedPrecisionKind.Never;
        Assert.Equal((precision, ctl), (options.Runtime.MixedPrecision, options.Loss.CentroidTripletWeight));
        Assert.Equal((120, 40), (options.Epochs, options.Evaluation.EveryEpochs));
        Assert.Equal([40, 70], options.Schedule.Milestones);
        Assert.Equal((0.5, 0.0005, 0.1), (options.Loss.Margin, options.Loss.CenterWeight, options.Loss.LabelSmoothing));
    }

    [Fact]
    public void Load_EveryCommittedConfiguration_IsValid()
    {
        string[] files = Directory.GetFiles(Folder, "*.json");
        Assert.True(files.Length >= 9);
        Assert.All(files, file => TrainingConfiguration.Load(file));
    }

    [Fact]
    public void Load_SeveralErrors_AreAllReported()
    {
        ConfigurationException refused = Assert.Throws<ConfigurationException>(
            () => TrainingConfiguration.Load(Write("""
            { "epochs": 0, "network": { "architecture": "vgg", "height": 4 },
              "data": { "path": "d", "imageSide": 20, "familyShare": 2 }, "sampler": { "images": 1 },
              "loss": { "margin": -1 }, "runtime": { "loaderThreads": 0 } }
            """)));
        Assert.Equal(
            ["epochs", "network.architecture", "network.height", "data.imageSide", "data.familyShare", "sampler.images",
                "sampler.stepsPerEpoch", "loss.margin", "runtime.loaderThreads"],
            refused.Errors.Select(error => error.Split(' ')[0]));
    }

    [Theory]
    [InlineData("""{ "epoch": 3 }""", "epoch")]
    [InlineData("""{ "loss": { "distance": "manhattan" } }""", "distance")]
    [InlineData("""{ "epochs": """, "epochs")]
    public void Load_WhatItDoesNotKnow_IsRefusedByName(string json, string name) => Assert.Contains(
        name, Assert.Throws<ConfigurationException>(() => TrainingConfiguration.Load(Write(json))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ToJson_EveryOption_ComesBack()
    {
        string json = TrainingConfiguration.ToJson(TrainingRun.Options with { Data = new DataOptions { Path = "x" } });
        TrainingOptions back = TrainingConfiguration.Load(Write(json));
        Assert.Equal(json, TrainingConfiguration.ToJson(back));
        Assert.Empty(TrainingConfiguration.Differences(json, back));
        Assert.Equal(["seed"], TrainingConfiguration.Differences(json, back with { Seed = 99,
            Runtime = new RuntimeOptions() }));
    }

    private string Write(string json)
    {
        File.WriteAllText(_folder.File("config.json"), json);
        return _folder.File("config.json");
    }
}

using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Trainer;

/// <summary>Small runs: eight identities of noisy colours, a few steps.</summary>
internal static class TrainingRun
{
    public static TrainingOptions Options { get; } = new()
    {
        Name = "tiny",
        Provenance = "Noise.",
        Seed = 11,
        Epochs = 3,
        Network = new NetworkOptions { Architecture = "compact-resnet", Height = 32, Width = 32, AverageDecay = 0.9 },
        Data = new DataOptions { HeldOutIdentities = 3, GalleryImages = 2 },
        Sampler = new SamplerOptions { Identities = 3, Images = 2, StepsPerEpoch = 4 },
        Augmentation = new AugmentationOptions { Padding = 2 },
        Optimization = new OptimizationOptions { LearningRate = 1e-3 },
        Schedule = new ScheduleOptions { WarmUpEpochs = 1, Milestones = [2] },
        Evaluation = new PeriodicEvaluationOptions { EveryEpochs = 1 },
        Runtime = new RuntimeOptions { Threads = 1, LoaderThreads = 1, LogEverySteps = 1 },
    };

    public static TrainingResult Run(
        string data, string output, TrainingOptions? options = null, bool resume = false, RecordingView? view = null)
    {
        view ??= new RecordingView();
        using GalleryTrainer trainer = new(options ?? Options, data, output, resume, view);
        return trainer.Run(view.Stop.Token);
    }
}

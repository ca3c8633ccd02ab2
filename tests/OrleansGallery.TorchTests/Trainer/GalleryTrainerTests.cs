using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Testing;
using OrleansGallery.TorchTests.Data;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Trainer;

public sealed class GalleryTrainerTests : IDisposable
{
    private readonly PictureFolder _pictures = new(identities: 8, images: 5, side: 24);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _pictures.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameCurveAndModel()
    {
        TrainingRun.Run(_pictures.Root, Out("a"));
        TrainingRun.Run(_pictures.Root, Out("b"), TrainingRun.Options with
        {
            Runtime = TrainingRun.Options.Runtime with { LoaderThreads = 3, BatchesAhead = 1,
                CheckpointEverySteps = 1 },
        });
        AssertSame("a", "b", "curve.csv", "evaluation.csv", GalleryTrainer.ModelFile, GalleryTrainer.BestFile);
        TrainingRun.Run(_pictures.Root, Out("c"), TrainingRun.Options with { Seed = 12 });
        Assert.NotEqual(Read("a", "curve.csv"), Read("c", "curve.csv"));
    }

    [Theory]
    [InlineData(4)] // At the end of the first epoch.
    [InlineData(6)] // In the middle of the second.
    public void Resume_StoppedRun_EndsAsIfItHadNeverStopped(int after)
    {
        TrainingRun.Run(_pictures.Root, Out("whole"));
        Assert.Throws<OperationCanceledException>(
            () => TrainingRun.Run(_pictures.Root, Out("parts"), view: new RecordingView(after)));
        // What was logged after the checkpoint of a killed run is written again.
        File.AppendAllText(Path.Combine(Out("parts"), "curve.csv"), "7,1,0.001,9,9");
        RecordingView view = new();
        TrainingRun.Run(_pictures.Root, Out("parts"), resume: true, view: view);
        Assert.Contains(view.Messages, message => message.Contains($"after step {after} ", StringComparison.Ordinal));
        AssertSame("whole", "parts", "curve.csv", GalleryTrainer.ModelFile);
        using SafetensorsFile whole = SafetensorsFile.Open(Path.Combine(Out("whole"), "last.safetensors"));
        using SafetensorsFile parts = SafetensorsFile.Open(Path.Combine(Out("parts"), "last.safetensors"));
        foreach (SafetensorsEntry entry in whole.Entries)
        {
            byte[] expected = new byte[entry.Length];
            byte[] actual = new byte[entry.Length];
            whole.Read(entry, expected);
            parts.Read(parts.Find(entry.Name)!, actual);
            Assert.True(expected.AsSpan().SequenceEqual(actual), entry.Name);
        }
    }

    [Fact]
    public void Resume_OtherSettings_IsRefusedByName()
    {
        TrainingRun.Run(_pictures.Root, Out("a"));
        TrainingOptions other = TrainingRun.Options with { Loss = new LossOptions { Margin = 0.1 }, Epochs = 9 };
        InvalidDataException refused = Assert.Throws<InvalidDataException>(
            () => TrainingRun.Run(_pictures.Root, Out("a"), other, resume: true));
        Assert.Contains("epochs, loss.margin", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--resume", Assert.Throws<InvalidDataException>(
            () => TrainingRun.Run(_pictures.Root, Out("a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_TheEndMoved_EndsAsARunWithThatEnd()
    {
        TrainingOptions longer = TrainingRun.Options with
        {
            Epochs = 4, Schedule = TrainingRun.Options.Schedule with { Milestones = [3] },
        };
        TrainingRun.Run(_pictures.Root, Out("whole"), longer);
        Assert.Throws<OperationCanceledException>(
            () => TrainingRun.Run(_pictures.Root, Out("parts"), view: new RecordingView(6)));
        TrainingRun.Run(_pictures.Root, Out("parts"), longer, resume: true);
        AssertSame("whole", "parts", "curve.csv", GalleryTrainer.ModelFile);

        // The rate of steps that are done cannot be another one afterwards.
        TrainingOptions other = longer with { Schedule = longer.Schedule with { Milestones = [2] } };
        Assert.Contains("schedule.milestones", Assert.Throws<InvalidDataException>(
            () => TrainingRun.Run(_pictures.Root, Out("parts"), other, resume: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OtherIdentities_IsRefused()
    {
        TrainingRun.Run(_pictures.Root, Out("a"));
        Directory.Delete(Path.GetDirectoryName(_pictures.PathOf(0, 0))!, recursive: true);
        Assert.Contains("other identities", Assert.Throws<InvalidDataException>(
            () => TrainingRun.Run(_pictures.Root, Out("a"), resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_OtherImagesOfTheSameIdentities_IsRefused()
    {
        TrainingRun.Run(_pictures.Root, Out("a"));
        File.Move(_pictures.PathOf(0, 0), Path.Combine(Path.GetDirectoryName(_pictures.PathOf(0, 0))!, "other.png"));
        Assert.Contains("other images than the lists have now", Assert.Throws<InvalidDataException>(
            () => TrainingRun.Run(_pictures.Root, Out("a"), resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LossThatIsNoNumber_StopsNamesTheBatchAndKeepsTheLastState()
    {
        Assert.Throws<OperationCanceledException>(
            () => TrainingRun.Run(_pictures.Root, Out("a"), Diverging(), view: new RecordingView(1)));
        byte[] good = File.ReadAllBytes(Path.Combine(Out("a"), "last.safetensors"));
        TrainingDivergedException stopped = Assert.Throws<TrainingDivergedException>(
            () => TrainingRun.Run(_pictures.Root, Out("a"), Diverging(), resume: true));
        Assert.InRange(stopped.Step, 2, 4);
        Assert.Contains(".png", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("last good state", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(good, File.ReadAllBytes(Path.Combine(Out("a"), "last.safetensors")));
    }

    [Fact]
    public void Run_Finished_LeavesAModelThatLoadsAndSaysHowItCameAbout()
    {
        RecordingView view = new();
        TrainingResult result = TrainingRun.Run(_pictures.Root, Out("a"), view: view);
        using EmbeddingModel model = EmbeddingModel.Load(result.Model);
        Assert.Equal("compact-resnet", model.Description.Architecture);
        Assert.Equal((32, 32), (model.Description.InputHeight, model.Description.InputWidth));
        Assert.True(model.Description.Trained);
        Assert.StartsWith("Noise. Trained from seeded random weights for 12 steps", model.Description.Provenance,
            StringComparison.Ordinal);
        Assert.Equal(512, model.Embed([TestImages.Noise(1, 32, 32)])[0].Length);
        Assert.Equal((5, 25, 12), (result.Identities, result.Images, (int)result.Steps));
        Assert.Equal([1, 2, 3], view.Evaluations.Select(record => record.Epochs));
        Assert.Equal((3, 9), (result.Evaluation!.Identities, result.Evaluation.Queries));
        Assert.Equal(12, view.Steps.Count);
        Assert.True(new FileInfo(Path.Combine(Out("a"), "curve.png")).Length > 1000);
    }

    [Fact]
    public void Run_FromACheckpoint_StartsWithItsBackbone()
    {
        TrainingResult first = TrainingRun.Run(_pictures.Root, Out("a"));
        TrainingOptions still = TrainingRun.Options with
        {
            Epochs = 1,
            Network = TrainingRun.Options.Network with { InitialCheckpoint = first.Model, AverageDecay = 0 },
            Optimization = new OptimizationOptions { LearningRate = 1e-30, WeightDecay = 0 },
        };
        TrainingResult second = TrainingRun.Run(_pictures.Root, Out("b"), still);
        using SafetensorsFile before = SafetensorsFile.Open(first.Model);
        using SafetensorsFile after = SafetensorsFile.Open(second.Model);
        SafetensorsEntry entry = before.Find("backbone.base.layer4.1.conv2.weight")!;
        byte[] expected = new byte[entry.Length];
        byte[] actual = new byte[entry.Length];
        before.Read(entry, expected);
        after.Read(after.Find(entry.Name)!, actual);
        Assert.Equal(expected, actual);
        CheckpointException refused = Assert.Throws<CheckpointException>(() => TrainingRun.Run(
            _pictures.Root, Out("c"), still with { Network = still.Network with { Architecture = "resnet18" } }));
        Assert.Contains("backbone.base", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EasyIdentities_LearnsThem()
    {
        TrainingOptions options = TrainingRun.Options with { Epochs = 12,
            Evaluation = new PeriodicEvaluationOptions { EveryEpochs = 0 } };
        RecordingView view = new();
        TrainingRun.Run(_pictures.Root, Out("a"), options, view: view);
        double before = view.Steps.Take(4).Average(step => step.Last.Total);
        double after = view.Steps.TakeLast(4).Average(step => step.Last.Total);
        Assert.True(after < 0.7 * before, $"{before} to {after}");
        Assert.Contains(view.Steps, step => step.ImagesPerSecond > 0 && step.Left >= TimeSpan.Zero);
    }

    private static TrainingOptions Diverging() => TrainingRun.Options with
    {
        Optimization = new OptimizationOptions { LearningRate = 1e30 },
        Schedule = new ScheduleOptions { WarmUpEpochs = 0 },
    };

    private string Out(string name) => _folder.File(name);

    private byte[] Read(string run, string file) => File.ReadAllBytes(Path.Combine(Out(run), file));

    private void AssertSame(string left, string right, params string[] files) =>
        Assert.All(files, file => Assert.Equal(Read(left, file), Read(right, file)));
}

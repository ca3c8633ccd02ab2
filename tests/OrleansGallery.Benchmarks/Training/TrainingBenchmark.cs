using System.Diagnostics;
using System.Globalization;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Drawing;
using OrleansGallery.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Benchmarks.Training;

/// <summary>
/// Does the trainer keep the network busy? The trainer, reading JPEG files, against bare loops on a tensor that is
/// ready: one of forward and backward passes only, one with the optimisers' steps too. ResNet-18, 64 images of 128 x
/// 64, in turn.
/// </summary>
internal static class TrainingBenchmark
{
    private const int Identities = 64;
    private const int ImagesEach = 12;
    private const int BatchSize = 64;
    private const int Height = 128;
    private const int Width = 64;
    private const int Steps = 6;
    private const int Rounds = 7;

    private static readonly TrainingOptions Options = new()
    {
        Name = "benchmark",
        Epochs = 1,
        Network = new NetworkOptions { Architecture = "resnet18", Height = Height, Width = Width },
        Data = new DataOptions { CacheMegabytes = 0 },
        Sampler = new SamplerOptions { Identities = BatchSize / 4, Images = 4, StepsPerEpoch = Steps + 2 },
        Evaluation = new PeriodicEvaluationOptions { EveryEpochs = 0 },
        Runtime = new RuntimeOptions { LogEverySteps = 1, LoaderThreads = 1 },
    };

    /// <summary>Runs it.</summary>
    /// <returns>0, or 1 where the trainer is slower than 90 % of the bare loop.</returns>
    public static Task<int> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("gallery-benchmark-").FullName;
        try
        {
            string data = Path.Combine(folder, "data");
            WriteImages(data);
            List<double> bare = [];
            List<double> stepped = [];
            List<double> trained = [];
            for (int round = -1; round < Rounds; round++)
            {
                double[] speeds = [Loop(false), Loop(true), Train(data, Path.Combine(folder, $"out{round}"))];
                Console.Error.WriteLine(
                    $"round {round}: {string.Join(", ", speeds.Select(speed => $"{speed:0.0}"))} images/s");
                if (round >= 0)
                {
                    bare.Add(speeds[0]);
                    stepped.Add(speeds[1]);
                    trained.Add(speeds[2]);
                }
            }

            double ratio = Statistics.Median(trained.Zip(bare, (t, b) => t / b));
            BenchmarkReport.Write("training", Report(bare, stepped, trained, ratio));
            return Task.FromResult(ratio >= 0.9 ? 0 : 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Report(List<double> bare, List<double> stepped, List<double> trained, double ratio)
    {
        MarkdownTable table = new("", "images/s", "share of the bare loop");
        table.Add("forward and backward on a ready tensor", Text(Statistics.Median(bare)), "1");
        table.Add("... with the optimisers' steps", Text(Statistics.Median(stepped)), Ratio(stepped, bare));
        table.Add(
            "trainer, reading, decoding and augmenting JPEG files", Text(Statistics.Median(trained)),
            Ratio(trained, bare));
        return $"""
            # Does the trainer keep the network busy?

            {Machine.Describe()}; {TorchThreads()} Torch threads,
            1 loader thread; ResNet-18 (the paper's, last stride 1), all four losses, {BatchSize} images of
            {Height} x {Width}, float32; {Identities * ImagesEach} JPEG files of that size, none kept decoded;
            {Rounds} rounds of {Steps} steps each, in turn; medians. Load average at the end {Machine.Load()}.

            {table}
            The trainer runs at {Text(100 * ratio)} % of the bare forward/backward loop (target: at least 90 %).

            """;
    }

    private static double Loop(bool optimise)
    {
        using TrainingModel model = new(Options, Identities, ".", CPU);
        TrainingStep step = new(model, Options);
        BatchRows rows = new(
            [.. Enumerable.Range(0, BatchSize).Select(i => (long)(i / 4))], [.. Enumerable.Repeat(true, BatchSize)], 4);
        using Tensor images = randn([BatchSize, 3, Height, Width]);
        long start = 0;
        for (int i = -1; i < Steps; i++)
        {
            if (i == 0)
            {
                start = Stopwatch.GetTimestamp();
            }

            if (optimise)
            {
                step.Run(images, rows, 1e-4, new StepRecord { Epoch = 0, Step = 1, LearningRate = 1e-4, Total = 0 });
            }
            else
            {
                using DisposeScope scope = NewDisposeScope();
                model.Adam.ZeroGradients();
                model.Objective.Compute(model.Network.Pool(images), model.Network.Neck, rows).Total.backward();
            }
        }

        return Steps * BatchSize / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Train(string data, string output)
    {
        StepTimes times = new();
        using GalleryTrainer trainer = new(Options, data, output, resume: false, times);
        trainer.Run(CancellationToken.None);
        return times.ImagesPerSecond(BatchSize, Steps);
    }

    private static void WriteImages(string folder)
    {
        Catalogue catalogue = new(new CatalogueOptions
        {
            Seed = 7, Products = Identities, ViewsPerProduct = ImagesEach, Height = Height, Width = Width,
        });
        Parallel.For(0, Identities, identity =>
        {
            string own = Directory.CreateDirectory(Path.Combine(folder, $"{identity:D3}")).FullName;
            for (int image = 0; image < ImagesEach; image++)
            {
                File.WriteAllBytes(Path.Combine(own, $"{image:D2}.jpg"), catalogue.RenderJpeg(identity, image));
            }
        });
    }

    private static int TorchThreads() => Inference.TorchRuntime.Threads;

    private static string Ratio(List<double> speeds, List<double> bare) =>
        Statistics.Median(speeds.Zip(bare, (s, b) => s / b)).ToString("F3", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}

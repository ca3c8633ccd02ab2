using System.CommandLine;
using System.Diagnostics;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Imaging;

namespace OrleansGallery.Benchmarks.Decoding;

/// <summary>
/// How fast is decoding, and decoding with the resize to a model's input, beside the decoder that was the default
/// before? That one is measured by the same benchmark in a build of its own, which keeps its figures for this one.
/// </summary>
internal sealed class DecodingBenchmark : Command
{
    private const int Rounds = 5;
    private const int InputHeight = 256;
    private const int InputWidth = 128;
    private const string DecodeOnly = "decode";
    private const string DecodeAndResize = "decode + resize";

    private static readonly bool IsBaseline =
        typeof(ImageDecoders).Assembly.GetType("OrleansGallery.Imaging.NetVipsDecoder") is not null;

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "How long each of a case's rounds runs.", DefaultValueFactory = _ => 1,
    };

    public DecodingBenchmark()
        : base("decoding", "How fast is decoding, beside the former decoder?")
    {
        Add(_seconds);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        TimeSpan round = TimeSpan.FromSeconds(arguments.GetRequiredValue(_seconds));
        IImageDecoder decoder = ImageDecoders.Create(new ImagingOptions());
        List<DecodingFigure> figures = [];
        foreach (DecodingCase item in DecodingCase.All)
        {
            foreach (string work in new[] { DecodeOnly, DecodeAndResize })
            {
                Action action = work == DecodeOnly
                    ? () => decoder.Decode(item.File)
                    : () => Resizer.Resize(decoder.Decode(item.File), InputHeight, InputWidth, ResizeFilter.Bilinear);
                Repeat(action, round); // Warm: the first thousand images are slower, for the JIT.
                figures.Add(new DecodingFigure(item.Name, work, 1, Measure(action, 1, round)));
                figures.Add(new DecodingFigure(item.Name, work, 2, Measure(action, 2, round)));
            }
        }

        if (IsBaseline)
        {
            DecodingFigure.WriteBaseline(figures);
        }

        BenchmarkReport.Write(IsBaseline ? "decoding-netvips" : "decoding", Report(figures, round));
        return 0;
    }

    private static double Measure(Action action, int threads, TimeSpan round) => Statistics.Median(
        Enumerable.Range(0, Rounds).Select(_ =>
        {
            // Each thread's own rate: all run for as long, but for the image that each is at.
            double[] rates = new double[threads];
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(
                i => new Thread(() => rates[i] = Repeat(action, round)))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
            return rates.Sum();
        }));

    private static double Repeat(Action action, TimeSpan round)
    {
        int images = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.Elapsed < round)
        {
            action();
            images++;
        }

        return images / watch.Elapsed.TotalSeconds;
    }

    private static string Report(List<DecodingFigure> figures, TimeSpan round)
    {
        IReadOnlyList<DecodingFigure> baseline = IsBaseline ? [] : DecodingFigure.ReadBaseline();
        MarkdownTable table = new("file", "work", "threads", "images/s", "ms per image", "NetVips images/s", "ratio");
        foreach (DecodingFigure figure in figures)
        {
            double? former = baseline.FirstOrDefault(
                item => item with { PerSecond = figure.PerSecond } == figure)?.PerSecond;
            table.Add(
                figure.Case,
                figure.Work,
                Figure.Of(figure.Threads),
                Figure.Short(figure.PerSecond),
                Figure.Short(1000 * figure.Threads / figure.PerSecond),
                Figure.Short(former),
                Figure.Short(figure.PerSecond / former));
        }

        string library = IsBaseline ? "NetVips" : "ImageSharp";
        string use = IsBaseline
            ? "What the default build's run is compared with."
            : "NetVips' figures are from a run of the other build: decoding-netvips.md.";
        return $"""
            # Decoding, and decoding with the resize to {InputHeight} x {InputWidth}, on {library}

            {Machine.Describe()}.
            JPEG with halved chroma, quality 85; medians of {Rounds} rounds of {Figure.Short(round.TotalSeconds)} s
            each. Load average at the end {Machine.Load()}. {use}

            {table}
            """;
    }
}

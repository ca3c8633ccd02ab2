using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Inference;
using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Benchmarks.Models;

/// <summary>
/// How good is the default model on identities that it has never seen, by centroid and by single image, beside the
/// untrained network, a colour histogram and the plain pixels?
/// </summary>
internal sealed class DefaultModelBenchmark : Command
{
    private const int TimedImages = 64;

    private readonly Option<string?> _photographs = new("--photographs")
    {
        Description = "The folder held-out that fetch-photographs.sh made.",
    };

    private readonly Option<string?> _omniglot = new("--omniglot")
    {
        Description = "The folder of Omniglot's archives.",
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "Another model in the default one's place.", DefaultValueFactory = _ => ModelStore.DefaultName,
    };

    private readonly Option<string[]> _also = new("--also")
    {
        Description = "Further models (a name, an id or a file), each stretched and cropped. Default: "
            + "imagenet-resnet, where this build has it.",
        DefaultValueFactory = _ => File.Exists(ImageNetWeights.Path) ? [ImageNetWeights.Name] : [],
    };

    public DefaultModelBenchmark()
        : base("default-model", "How good is the default model on what it has never seen?")
    {
        Add(_photographs);
        Add(_omniglot);
        Add(_model);
        Add(_also);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        string models = Directory.CreateTempSubdirectory("gallery-benchmark-").FullName;
        try
        {
            ModelStore store = new(models);
            using EmbeddingModel trained = store.Load(arguments.GetRequiredValue(_model));
            using EmbeddingModel random = store.Load(ModelStore.RandomName);
            (string Name, PixelEmbedder Embedder)[] embedders =
                [.. ComparedEmbedders.Of(store, trained, random, arguments.GetRequiredValue(_also))];
            MarkdownTable table = new(
                "identities", "searched by", "enrolled", "queries", "centroid rank-1", "single rank-1", "centroid mAP",
                "single mAP");
            (ImageSet query, ImageSet gallery) = JudgedSets.Catalogue();
            Judge(table, "64 rendered products (the demo's)", query, gallery, embedders);
            if (arguments.GetValue(_photographs) is { } photographs)
            {
                (PhotographSource source, query, gallery) =
                    JudgedSets.Photographs(photographs, trained.Description.InputHeight);
                using (source)
                {
                    Judge(table, "crops of photographs of other sources", query, gallery, embedders);
                }
            }

            if (arguments.GetValue(_omniglot) is { } omniglot)
            {
                using DataSplits splits = JudgedSets.Omniglot(omniglot);
                Judge(table, "Omniglot's evaluation characters", splits.Query!, splits.Gallery!, embedders);
            }

            Report(table, trained, random, arguments.GetRequiredValue(_model) == ModelStore.DefaultName);
            return 0;
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    private static void Judge(
        MarkdownTable table,
        string name,
        ImageSet query,
        ImageSet gallery,
        IEnumerable<(string Name, PixelEmbedder Embedder)> embedders)
    {
        foreach ((string embedder, PixelEmbedder model) in embedders)
        {
            EvaluationImages images = EvaluationImages.Embed(query, gallery, model, Ignore, CancellationToken.None);
            EvaluationReport report = RetrievalEvaluation.Run(
                images.Data, new EvaluationOptions { Protocol = EvaluationProtocol.Fashion }, CancellationToken.None);
            table.Add(
                name, embedder, Count(gallery.Images.Count), Count(report.Centroid.Queries.Count),
                Share(report.Centroid.HitRate(1)), Share(report.Instance.HitRate(1)),
                Share(report.Centroid.MeanAveragePrecision), Share(report.Instance.MeanAveragePrecision));
            Console.Error.WriteLine($"{name}, {embedder}: centroid rank-1 {Share(report.Centroid.HitRate(1))}");
        }
    }

    private static void Report(MarkdownTable table, EmbeddingModel model, EmbeddingModel random, bool save)
    {
        string text = $"""
            # The default model on what it has never seen

            `dotnet run -c Release --project tests/OrleansGallery.Benchmarks -- default-model --photographs
            DIR/held-out --omniglot DIR`

            {Machine.Describe()}

            Model {model.Description.Id}, {model.Description.InputWidth} x {model.Description.InputHeight} pixels,
            {MillisecondsPerImage(model).ToString("0.0", CultureInfo.InvariantCulture)} ms per image on one core.
            Embeddings are normalised and compared by Euclidean distance. Rank-1 and mAP in per cent. None of it was
            trained on; products and photographs were looked at while the recipe was chosen. The untrained network sees
            {random.Description.InputWidth} x {random.Description.InputHeight} pixels.

            {table}
            {model.Description.Provenance}

            """;
        if (save)
        {
            BenchmarkReport.Write("default-model", text);
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    private static double MillisecondsPerImage(EmbeddingModel model)
    {
        int threads = TorchRuntime.Threads;
        TorchRuntime.Threads = 1;
        byte[] pixels = new byte[model.Description.InputHeight * model.Description.InputWidth * 3];
        new Random(1).NextBytes(pixels);
        Imaging.PixelImage image = new(model.Description.InputWidth, model.Description.InputHeight, pixels);
        model.Embed([image]);
        List<double> times = [];
        for (int i = 0; i < TimedImages; i++)
        {
            long started = Stopwatch.GetTimestamp();
            model.Embed([image]);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        TorchRuntime.Threads = threads;
        return Statistics.Median(times);
    }

    private static void Ignore(int done)
    {
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double? value) =>
        value is { } share ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) : "-";
}

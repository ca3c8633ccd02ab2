using System.CommandLine;
using System.Text.Json;
using OrleansGallery.Benchmarks.Reporting;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;
using TorchSharp;

namespace OrleansGallery.Benchmarks.Embedding;

/// <summary>
/// How fast is embedding, beside the forward path as it was? Each model in each precision and batch size: the forward
/// pass alone, through the batcher, and from JPEG bytes.
/// </summary>
internal sealed class EmbedderBenchmark : Command
{
    private const string ResNet50 = "resnet50";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<string> _device = new("--device")
    {
        Description = "cpu, cuda, cuda:1 or auto.", DefaultValueFactory = _ => TorchDevice.Auto,
    };

    private readonly Option<string[]> _models = new("--model")
    {
        Description = "default, random, resnet50 (256 x 128, random weights), or a model's file.",
        DefaultValueFactory = _ => [ModelStore.DefaultName, ResNet50],
    };

    private readonly Option<int[]> _batches = new("--batch")
    {
        Description = "Images of one forward pass. Default: 1 and 16 on a CPU, 1, 64 and 256 on CUDA.",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads of a forward pass on a CPU.",
        DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount / 2),
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often each is measured.", DefaultValueFactory = _ => 9,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON only." };
    private readonly Option<bool> _save = new("--save") { Description = "Keep the report in results/embedder.md." };

    public EmbedderBenchmark()
        : base("embedder", "How fast is embedding, beside the former forward path?")
    {
        foreach (Option option in (Option[])[_device, _models, _batches, _threads, _rounds, _json, _save])
        {
            Add(option);
        }

        SetAction((arguments, _) => RunAsync(arguments));
    }

    private async Task<int> RunAsync(ParseResult arguments)
    {
        string folder = Directory.CreateTempSubdirectory("gallery-benchmark-").FullName;
        try
        {
            string device = TorchDevice.NameOf(arguments.GetRequiredValue(_device));
            TorchRuntime.Threads = arguments.GetRequiredValue(_threads);
            int[] batches = arguments.GetValue(_batches) is { Length: > 0 } asked ? asked
                : device == TorchDevice.Cpu ? [1, 16] : [1, 64, 256];
            List<EmbedderFigure> figures = [];
            foreach (string model in arguments.GetRequiredValue(_models))
            {
                string path = PathOf(model, folder);
                foreach (int batch in batches)
                {
                    EmbedderRun run = new(path, device, batch, arguments.GetRequiredValue(_rounds));
                    figures.AddRange(await run.MeasureAsync(
                        [ModelPrecision.Float32, ModelPrecision.Float16, ModelPrecision.BFloat16]));
                }
            }

            Report(arguments, device, figures);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Report(ParseResult arguments, string device, List<EmbedderFigure> figures)
    {
        MarkdownTable table = new("model", "batch", "what", "precision", "images/s", "ratio");
        foreach (EmbedderFigure figure in figures)
        {
            table.Add(
                figure.Model, Figure.Of(figure.Batch), figure.What, figure.Precision,
                Figure.Short(figure.ImagesPerSecond), Figure.Of(figure.Ratio, 2));
        }

        string body = $"""
            {Machine.Describe()};
            device {device}; threads of a forward pass on a CPU: {arguments.GetRequiredValue(_threads)}.
            Medians of {arguments.GetRequiredValue(_rounds)} rounds of a second each and more in which all take turns,
            another one first in each; the ratio is to the former path (network as trained, float32 in planes) at the
            same batch size in the same rounds, for jpeg to the former path from the same files. Load average at the end
            {Machine.Load()}.

            {table}
            """;
        Console.WriteLine(arguments.GetValue(_json) ? JsonSerializer.Serialize(figures, Json) : body);
        if (arguments.GetValue(_save))
        {
            BenchmarkReport.SaveSection(
                "embedder", "Embedding beside the former forward path",
                device == TorchDevice.Cpu ? "CPU" : "CUDA", body);
        }
    }

    private static string PathOf(string model, string folder)
    {
        if (model != ResNet50)
        {
            return new ModelStore(folder).Find(model) ?? model;
        }

        torch.manual_seed(1);
        using EmbeddingNetwork network = new(Architectures.ResNet50);
        string path = Path.Combine(folder, $"{ResNet50}.safetensors");
        EmbeddingModel.Save(path, ResNet50, network, new ModelDescription
        {
            Id = string.Empty, Architecture = string.Empty, Dimension = 0, InputHeight = 256, InputWidth = 128,
            Trained = false, Provenance = "Untrained: random weights.", Sha256 = string.Empty,
        });
        return path;
    }
}

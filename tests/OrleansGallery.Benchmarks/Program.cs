using OrleansGallery.Benchmarks.Batching;
using OrleansGallery.Benchmarks.Committing;
using OrleansGallery.Benchmarks.Decoding;
using OrleansGallery.Benchmarks.Embedding;
using OrleansGallery.Benchmarks.Ingesting;
using OrleansGallery.Benchmarks.Models;
using OrleansGallery.Benchmarks.Searching;
using OrleansGallery.Benchmarks.Simulation;
using OrleansGallery.Benchmarks.Suggesting;
using OrleansGallery.Benchmarks.Telemetry;
using OrleansGallery.Benchmarks.Training;

// One class per question; each prints a table and keeps it in results/.
Dictionary<string, (string Question, Func<string[], Task<int>> Run)> benchmarks = new()
{
    ["batcher"] = ("What does the dynamic batcher cost at full load?",
        rest => BatcherBenchmark.RunAsync(rest.FirstOrDefault())),
    ["embedder"] = ("How fast is embedding, beside the former forward path?",
        rest => new EmbedderBenchmark().Parse(rest).InvokeAsync()),
    ["decoding"] = ("How fast is decoding, beside the former decoder?",
        rest => new DecodingBenchmark().Parse(rest).InvokeAsync()),
    ["training"] = ("Does the trainer keep the network busy?", _ => TrainingBenchmark.RunAsync()),
    ["hot-identity"] = ("Does one hot identity hold up ingestion?", _ => HotIdentityBenchmark.RunAsync()),
    ["commits"] = ("What does durable ingest into PostgreSQL cost beside COPY?",
        rest => new CommitsBenchmark().Parse(rest).InvokeAsync()),
    ["ingest"] = ("How fast do vectors enter over HTTP, beside a bare loop that writes the same?",
        rest => new IngestBenchmark().Parse(rest).InvokeAsync()),
    ["suggestions"] = ("How long do merge suggestions take, at first and after changes?",
        rest => new SuggestionsBenchmark().Parse(rest).InvokeAsync()),
    ["simulate"] = ("Does the cluster answer as plain lists do, whatever goes wrong?",
        rest => new SimulateCommand().Parse(rest).InvokeAsync()),
    ["scan"] = ("How fast is an exact search?", rest => Run<ScanBenchmark>(rest)),
    ["peers"] = ("... and beside FAISS, on the same vectors?", rest => Run<PeersBenchmark>(rest)),
    ["service"] = ("What does the service add to a scan?", rest => Run<ServiceBenchmark>(rest)),
    ["default-model"] = ("How good is the default model on what it has never seen?",
        rest => new DefaultModelBenchmark().Parse(rest).InvokeAsync()),
    ["facets"] = ("What does it cost to leave a facet out?", rest => Run<FacetBenchmark>(rest)),
    ["filter"] = ("What does an attribute filter cost?", rest => Run<FilterBenchmark>(rest)),
    ["metrics"] = ("What do the metrics cost?", _ => MetricsBenchmark.RunAsync()),
    ["upserts"] = ("How fast are rows replaced while queries run?", rest => Run<UpsertBenchmark>(rest)),
};

if (args.Length >= 1 && benchmarks.TryGetValue(args[0], out var benchmark))
{
    return await benchmark.Run(args[1..]);
}

Console.Error.WriteLine("Usage: OrleansGallery.Benchmarks <name> [options]; see scan, peers or upserts --help");
foreach ((string name, (string question, _)) in benchmarks)
{
    Console.Error.WriteLine($"  {name,-12} {question}");
}

return 2;

static Task<int> Run<T>(string[] rest)
    where T : SearchCommand, new() => new T().Parse(rest).InvokeAsync();

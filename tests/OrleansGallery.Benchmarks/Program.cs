using OrleansGallery.Benchmarks.Batching;
using OrleansGallery.Benchmarks.Committing;
using OrleansGallery.Benchmarks.Training;

// One class per question; each prints a table and keeps it in results/.
Dictionary<string, (string Question, Func<Task<int>> Run)> benchmarks = new()
{
    ["batcher"] = ("What does the dynamic batcher cost at full load?", BatcherBenchmark.RunAsync),
    ["training"] = ("Does the trainer keep the network busy?", TrainingBenchmark.RunAsync),
    ["hot-identity"] = ("Does one hot identity hold up ingestion?", HotIdentityBenchmark.RunAsync),
};

if (args.Length == 1 && benchmarks.TryGetValue(args[0], out var benchmark))
{
    return await benchmark.Run();
}

Console.Error.WriteLine("Usage: OrleansGallery.Benchmarks <name>");
foreach ((string name, (string question, _)) in benchmarks)
{
    Console.Error.WriteLine($"  {name,-12} {question}");
}

return 2;

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using OrleansGallery.Testing;

namespace OrleansGallery.Simulation;

/// <summary>
/// Random operations and faults on a cluster, against dictionaries of plain lists. Several galleries are worked on at
/// the same time, so that their commits meet; the steps of each are one sequence that its seed gives.
/// </summary>
internal sealed class GallerySimulation
{
    private readonly SimulationOptions _options;
    private readonly SimulatedCluster _cluster;
    private readonly ConcurrentDictionary<StepKind, long> _counts = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private long _operations;
    private int _replays;
    private bool _isShortening;

    private GallerySimulation(SimulationOptions options, SimulatedCluster cluster) =>
        (_options, _cluster) = (options, cluster);

    /// <summary>Runs a simulation.</summary>
    /// <param name="options">What is simulated.</param>
    /// <returns>What came of it.</returns>
    public static async Task<SimulationReport> RunAsync(SimulationOptions options)
    {
        await using SimulatedCluster cluster = await SimulatedCluster.StartAsync(options.Silos, options.Open);
        return await new GallerySimulation(options, cluster).RunAsync();
    }

    private async Task<SimulationReport> RunAsync()
    {
        (string Actual, IEnumerable<BigInteger> Expected)[] ends = await Task.WhenAll(
            Enumerable.Range(0, _options.Galleries).Select(RunGalleryAsync));
        return new SimulationReport
        {
            Operations = _operations,
            Kinds = CountsOf(isFault: false),
            Faults = CountsOf(isFault: true),
            Failures = [.. _failures],
            RootHash = HashLayout.Sum(ends.Select(end => Number(end.Actual))),
            ExpectedRootHash = HashLayout.Sum(ends.SelectMany(end => end.Expected)),
        };
    }

    private async Task<(string Actual, IEnumerable<BigInteger> Expected)> RunGalleryAsync(int number)
    {
        SimulatedGallery gallery = await SimulatedGallery.CreateAsync(
            _cluster, string.Create(CultureInfo.InvariantCulture, $"gallery-{number}"));
        int seed = (_options.Seed * 1_000) + number;
        List<Step> done = [];
        try
        {
            int operations = (_options.Operations / _options.Galleries)
                + (number < _options.Operations % _options.Galleries ? 1 : 0);
            foreach (Step step in Step.Draw(seed, operations))
            {
                done.Add(step);
                await gallery.RunAsync(step);
                Count(step);
            }

            return (await gallery.FinishAsync(), gallery.Plain.Hashes);
        }
        catch (Exception exception)
        {
            string failure = $"gallery {number}, step {done.Count}: {Text(exception)}";
            _options.OnMismatch?.Invoke(failure);
            bool isFirst = Interlocked.Exchange(ref _isShortening, true) == false;
            _failures.Enqueue(isFirst ? $"{failure}\n{await ShortenAsync(done)}" : failure);
            return (string.Empty, gallery.Plain.Hashes);
        }
    }

    private void Count(Step step)
    {
        _counts.AddOrUpdate(step.Kind, 1, (_, count) => count + 1);
        if (!step.IsFault && Interlocked.Increment(ref _operations) is long operations && operations % 1_000 == 0)
        {
            _options.OnProgress?.Invoke(operations);
        }
    }

    private async Task<string> ShortenAsync(IReadOnlyList<Step> steps)
    {
        long started = Stopwatch.GetTimestamp();
        if (await ReplayAsync(steps, started) is null)
        {
            return "The same steps alone in a new gallery do not show it in time: it takes what happens beside them.";
        }

        IReadOnlyList<Step> shortest = await ShortestSequence.FindAsync(
            steps, async shorter => await ReplayAsync(shorter, started) is not null, _options.Tries);
        string? shown = await ReplayAsync(shortest, Stopwatch.GetTimestamp());
        return $"The shortest sequence found has {shortest.Count} steps:\n{shown}";
    }

    // What was done, in lines; null: nothing was answered otherwise, or not before the time was over.
    private async Task<string?> ReplayAsync(IReadOnlyList<Step> steps, long started)
    {
        SimulatedGallery gallery = await SimulatedGallery.CreateAsync(
            _cluster, string.Create(CultureInfo.InvariantCulture, $"replay-{Interlocked.Increment(ref _replays)}"));
        List<string> lines = [];
        try
        {
            foreach (Step step in steps)
            {
                if (Stopwatch.GetElapsedTime(started) > _options.ShorteningTime)
                {
                    return null;
                }

                lines.Add($"  {await gallery.RunAsync(step)}");
            }

            await gallery.FinishAsync();
            return null;
        }
        catch (Exception exception)
        {
            return string.Join('\n', [.. lines, $"  {Text(exception)}"]);
        }
    }

    // Anything else than a mismatch is a bug that reached a caller.
    private static string Text(Exception exception) =>
        exception is MismatchException ? exception.Message : exception.ToString();

    private SortedDictionary<string, long> CountsOf(bool isFault) => new(
        _counts.Where(count => new Step(count.Key, 0).IsFault == isFault)
            .ToDictionary(count => Name(count.Key), count => count.Value),
        StringComparer.Ordinal);

    private static string Name(StepKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static BigInteger Number(string hex) => hex.Length == 0
        ? BigInteger.Zero : new BigInteger(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: false);
}

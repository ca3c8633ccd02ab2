using System.Diagnostics;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary>Starts a service, loads it with everything at once, and watches its memory.</summary>
internal static class MixedLoad
{
    // Of the whole time, enough for a median of a third of it.
    private const int Readings = 120;

    private static readonly TimeSpan IntervalLength = TimeSpan.FromMinutes(1);

    /// <param name="options">What to do.</param>
    /// <param name="output">Where progress goes.</param>
    /// <param name="cancellationToken">Ends it without a report.</param>
    /// <returns>What was measured.</returns>
    public static async Task<MixedLoadReport> RunAsync(
        MixedLoadOptions options, CommandOutput output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("gallery-bench-").FullName;
        try
        {
            using ServeProcess service = await ServeProcess.StartAsync(["--data", Path.Combine(folder, "data")], []);
            using GalleryClient client = new(service.Url);
            LoadTally tally = new();
            LoadWorkers workers = new(client, tally, options);
            await workers.PrepareAsync(cancellationToken);
            using Process? browser = Open(options.Browser, service.Url, folder);
            try
            {
                return await MeasureAsync(service, workers, tally, options, output, cancellationToken);
            }
            finally
            {
                browser?.Kill(entireProcessTree: true);
                browser?.WaitForExit();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<MixedLoadReport> MeasureAsync(
        ServeProcess service, LoadWorkers workers, LoadTally tally, MixedLoadOptions options, CommandOutput output,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task load = workers.RunAsync(end.Token);
        List<LoadInterval> intervals = [];
        List<(TimeSpan At, long Bytes)> readings = [];
        long started = Stopwatch.GetTimestamp();
        (TimeSpan At, TimeSpan Cpu) last = (TimeSpan.Zero, service.CpuTime);
        while (Stopwatch.GetElapsedTime(started) is var now && now < options.Duration)
        {
            await Task.Delay(options.Duration / Readings, cancellationToken);
            now = Stopwatch.GetElapsedTime(started);
            readings.Add((now, service.WorkingSet));
            if (now - last.At >= IntervalLength || now >= options.Duration)
            {
                TimeSpan cpu = service.CpuTime;
                TimeSpan begun = last.At;
                intervals.Add(tally.Take(
                    now, Median(readings.Where(reading => reading.At > begun)), (cpu - last.Cpu) / (now - begun)));
                last = (now, cpu);
                output.Error.WriteLine($"{Figures.Duration(now)} of {Figures.Duration(options.Duration)}");
            }
        }

        await end.CancelAsync();
        await load;
        TimeSpan third = options.Duration / 3;
        return new MixedLoadReport
        {
            Options = options,
            Intervals = intervals,
            Errors = tally.Errors,
            Refused = tally.Refused,
            IsVerified = await workers.VerifyAsync(cancellationToken),
            Growth = (double)Median(readings.Where(reading => reading.At > 2 * third))
                / Median(readings.Where(reading => reading.At > third && reading.At <= 2 * third)),
        };
    }

    private static long Median(IEnumerable<(TimeSpan At, long Bytes)> readings) =>
        (long)Figures.Percentile([.. readings.Select(reading => (double)reading.Bytes).Order()], 0.5);

    private static Process? Open(string? browser, Uri page, string folder) => browser is null
        ? null
        : Process.Start(new ProcessStartInfo(
            browser,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
                $"--user-data-dir={Path.Combine(folder, "browser")}", page.AbsoluteUri,
            ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        });
}

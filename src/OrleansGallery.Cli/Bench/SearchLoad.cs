using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>
/// Loads a running service: workers search one after the other; some of them enrol an image now and then, and every
/// image that was enrolled is removed at the end, which gives the gallery back the same bits.
/// </summary>
internal sealed class SearchLoad(GalleryClient client, string gallery, LoadSamples samples, SearchLoadOptions options)
{
    private readonly ConcurrentBag<double> _searchMs = [];
    private readonly ConcurrentBag<double> _overheadMs = [];
    private readonly ConcurrentBag<double> _updateMs = [];
    private readonly ConcurrentBag<(string Identity, string ImageId)> _enrolled = [];
    private long _complete;
    private long _failures;

    /// <summary>Runs the load.</summary>
    /// <param name="cancellationToken">Ends it early; what was enrolled is removed all the same.</param>
    /// <returns>What was measured.</returns>
    public async Task<SearchLoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(options.Duration);
        long started = Stopwatch.GetTimestamp();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.Concurrency)
                .Select(worker => Task.Run(() => WorkAsync(worker, end.Token), CancellationToken.None)));
        }
        finally
        {
            await RemoveEnrolledAsync();
        }

        return Report(Stopwatch.GetElapsedTime(started));
    }

    private async Task WorkAsync(int worker, CancellationToken end)
    {
        Random random = new(HashCode.Combine(options.Seed, worker));
        double owedUpdates = 0;
        while (!end.IsCancellationRequested)
        {
            await TryAsync(() => SearchAsync(random));
            for (owedUpdates += options.UpdatesPerQuery; owedUpdates >= 1; owedUpdates--)
            {
                await TryAsync(() => EnrolAsync(random));
            }
        }
    }

    private async Task TryAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (GalleryApiException)
        {
            Interlocked.Increment(ref _failures);
        }
    }

    private async Task SearchAsync(Random random)
    {
        SearchRequest query = new() { Vector = samples.Vector(random), Top = options.Top };
        long started = Stopwatch.GetTimestamp();
        SearchResponse answer = await client.SearchAsync(gallery, query);
        double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        _searchMs.Add(milliseconds);
        _overheadMs.Add(milliseconds - answer.Evidence.ScanMs);
        Interlocked.Add(ref _complete, answer.Partial ? 0 : 1);
    }

    private async Task EnrolAsync(Random random)
    {
        string identity = samples.Identity(random);
        EnrolImageRequest image = new()
        {
            Vector = samples.Vector(random),
            ImageId = $"bench {Guid.NewGuid():N}",
        };
        _enrolled.Add((identity, image.ImageId));
        long started = Stopwatch.GetTimestamp();
        await client.EnrolAsync(gallery, identity, image);
        _updateMs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task RemoveEnrolledAsync()
    {
        foreach ((string identity, string imageId) in _enrolled)
        {
            try
            {
                await client.DeleteImageAsync(gallery, identity, imageId);
            }
            catch (GalleryApiException exception) when (exception.Code == ErrorCodes.ImageNotFound)
            {
                // Its enrolment had failed.
            }
        }
    }

    private SearchLoadReport Report(TimeSpan elapsed)
    {
        double[] searches = [.. _searchMs.Order()];
        double[] updates = [.. _updateMs.Order()];
        if (searches.Length == 0)
        {
            throw new InvalidDataException($"No search succeeded; {_failures} requests failed.");
        }

        double seconds = Math.Min(elapsed.TotalSeconds, options.Duration.TotalSeconds);
        return new SearchLoadReport
        {
            Gallery = gallery,
            Concurrency = options.Concurrency,
            Seconds = seconds,
            Queries = searches.Length,
            QueriesPerSecond = searches.Length / seconds,
            P50Ms = Figures.Percentile(searches, 0.5),
            P99Ms = Figures.Percentile(searches, 0.99),
            P999Ms = Figures.Percentile(searches, 0.999),
            OverheadP50Ms = Figures.Percentile([.. _overheadMs.Order()], 0.5),
            CompleteShare = (double)_complete / searches.Length,
            Updates = updates.Length,
            UpdateP50Ms = updates.Length == 0 ? 0 : Figures.Percentile(updates, 0.5),
            Failures = _failures,
        };
    }
}

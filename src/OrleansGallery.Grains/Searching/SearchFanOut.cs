using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OrleansGallery.Abstractions;
using static OrleansGallery.Grains.TimeSpans;

namespace OrleansGallery.Grains;

/// <summary>
/// Asks the silos that hold a gallery's partitions, one message each, and merges their answers. Places are known, not
/// computed; where one is not known, or proves wrong, the partition's grain says it. So a silo is asked once, and up to
/// three times where partitions are on the move. What fails leaves its partitions out; it never fails the search.
/// </summary>
internal sealed partial class SearchFanOut(
    PartitionPlaces places, IGrainFactory grains, SiloSearchClient silos, GrainsInstruments instruments,
    TimeProvider time, ILogger<SearchFanOut> logger)
{
    private const int MaxRounds = 3;

    // A scan that the deadline ends has to be heard of before it.
    private static readonly TimeSpan MaxAnswerTime = TimeSpan.FromMilliseconds(50);

    // Shorter waits than this only ask for places again and again.
    private static readonly TimeSpan MinPatience = TimeSpan.FromMilliseconds(20);

    // Those that owe an answer since a search's whole deadline: paused or cut off, and not declared dead yet.
    private readonly ConcurrentDictionary<SiloAddress, byte> _silent = new();

    /// <summary>Searches.</summary>
    /// <param name="command">The search.</param>
    /// <param name="query">Its unit query vector.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exact answer over the partitions that answered.</returns>
    /// <exception cref="GalleryNotFoundException">The gallery was deleted.</exception>
    /// <exception cref="OverloadedException">A silo's queue of scans is full.</exception>
    /// <exception cref="InvalidRequestException">A partition has too many facets to leave one out.</exception>
    public async Task<SearchAnswer> SearchAsync(
        SearchCommand command, VectorBytes query, CancellationToken cancellationToken)
    {
        using Activity? trace = GrainsInstruments.Traces.StartActivity("gallery.search");
        long started = Stopwatch.GetTimestamp();
        SearchMerge merge = new(command.Partitions, command.Top);
        Deadline deadline = new(time, command.Deadline);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(NotNegative(command.Deadline));
        PartitionLocator locator = new(grains, places, command, time, logger, over.Token);
        try
        {
            for (int round = 1; round <= MaxRounds && !merge.IsOver; round++)
            {
                // What is known is asked at once, and a slow partition costs its own rows only; but the last round
                // waits as long as there is time to scan what is found.
                TimeSpan patience = round == MaxRounds ? deadline.Left * 0.9 : deadline.Left / 2;
                await locator.WaitAsync(merge.Wanted, patience, waitForAll: round > 1);
                await AskAsync(command, query, merge, locator, deadline, cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return Finish(command, merge, started);
        }
        finally
        {
            // Whoever still looks for a partition does so for nobody now.
            await over.CancelAsync();
        }
    }

    private SearchAnswer Finish(SearchCommand command, SearchMerge merge, long started)
    {
        long merging = Stopwatch.GetTimestamp();
        SearchAnswer answer = merge.ToAnswer();
        instruments.OnMerged(merging);
        if (!command.IsBulk)
        {
            // How long one takes that gives way says nothing of those that somebody waits for.
            instruments.OnSearched(answer.Missing.Count, started);
        }

        return answer;
    }

    // An attempt may take a third of the time left before it is doubted.
    private static TimeSpan PatienceWithin(Deadline deadline)
    {
        TimeSpan third = deadline.Left / 3;
        return third > MinPatience ? third : Shorter(MinPatience, NotNegative(deadline.Left));
    }

    private async Task AskAsync(SearchCommand command, VectorBytes query, SearchMerge merge,
        PartitionLocator locator, Deadline deadline, CancellationToken cancellationToken)
    {
        ILookup<SiloAddress, PartitionPlace> bySilo = merge.Wanted
            .Select(locator.Find)
            .OfType<PartitionPlace>()
            .ToLookup(place => place.Silo);
        if (deadline.Left <= TimeSpan.Zero)
        {
            return;
        }

        await Task.WhenAll(bySilo.Select(async group =>
        {
            int[] partitions = [.. group.Select(place => place.Partition)];
            if (await AskAsync(group.Key, command, query, partitions, locator, deadline, cancellationToken)
                is { } answer)
            {
                _silent.TryRemove(group.Key, out _);
                merge.Add(answer);
                Learn(locator, group, answer);
            }
            else if (_silent.ContainsKey(group.Key))
            {
                // Those that others have announced meanwhile are asked for there.
                merge.GiveUp(group.Where(place => locator.Find(place.Partition)?.Silo.Equals(group.Key) == true)
                    .Select(place => place.Partition));
            }
        }));
    }

    private async Task<SiloScanAnswer?> AskAsync(SiloAddress silo, SearchCommand command, VectorBytes query,
        int[] partitions, PartitionLocator locator, Deadline deadline, CancellationToken cancellationToken)
    {
        TimeSpan left = deadline.Left;
        SiloScanRequest request = new()
        {
            Gallery = command.Gallery,
            Partitions = partitions,
            Query = query,
            Top = command.Top,
            Deadline = left - Shorter(left / 10, MaxAnswerTime),
            ExcludedFacet = command.ExcludedFacet,
            Filter = command.Filter,
            MinimumScore = command.MinimumScore,
            IsBulk = command.IsBulk,
        };
        try
        {
            Task<SiloScanAnswer> scan = silos.On(silo).ScanAsync(request, cancellationToken);
            while (true)
            {
                try
                {
                    return await scan.WaitAsync(PatienceWithin(deadline), time, cancellationToken);
                }
                catch (TimeoutException) when (!scan.IsFaulted)
                {
                    if (scan.IsCompleted)
                    {
                        return await scan;
                    }

                    // It may be busy, or not be there any more: whoever has the partitions now is asked instead.
                    bool isOver = deadline.Left <= TimeSpan.Zero;
                    if (isOver || _silent.ContainsKey(silo)
                        || await locator.HasMovedAsync(partitions, silo, PatienceWithin(deadline)))
                    {
                        if (isOver)
                        {
                            Distrust(silo, scan);
                        }

                        Log.NoAnswer(logger, silo, command.Gallery);
                        return null;
                    }
                }
            }
        }
#pragma warning disable CA1031 // A failing silo makes the answer partial, whatever it fails of.
        catch (Exception exception) when (exception is not (OverloadedException or InvalidRequestException)
            && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
#pragma warning restore CA1031
        {
            Log.SiloFailed(logger, silo, exception);
            if (ClusterFailures.Translate(exception) is not null)
            {
                Array.ForEach(partitions, partition => places.Forget(new(command.Gallery, partition), silo));
            }

            return null;
        }
    }

    // Until it answers, late as it may be, or is declared dead, searches give it one attempt and no more.
    private void Distrust(SiloAddress silo, Task<SiloScanAnswer> scan)
    {
        _silent[silo] = 0;
        _ = scan.ContinueWith(
            _ => _silent.TryRemove(silo, out byte _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // A silo that does not have a partition may know who does; it must be newer than what led there.
    private void Learn(PartitionLocator locator, IEnumerable<PartitionPlace> asked, SiloScanAnswer answer)
    {
        if (answer.IsCut)
        {
            return;
        }

        foreach (PartitionPlace old in asked.Where(place => !answer.Held.Contains(place.Partition)))
        {
            locator.Refuse(old);
            if (answer.Elsewhere.FirstOrDefault(place => place.Partition == old.Partition) is { } newer
                && newer.Epoch > old.Epoch)
            {
                places.Learn(newer);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Silo {Silo} did not answer a search")]
        public static partial void SiloFailed(ILogger logger, SiloAddress silo, Exception exception);

        [LoggerMessage(LogLevel.Information, "Silo {Silo} did not answer a search of gallery {Gallery} in time")]
        public static partial void NoAnswer(ILogger logger, SiloAddress silo, long gallery);
    }
}

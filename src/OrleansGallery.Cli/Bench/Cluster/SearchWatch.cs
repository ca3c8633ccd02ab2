using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Clients that search one after the other and check every complete answer by brute force.</summary>
internal sealed class SearchWatch(GalleryClient client, string gallery, KnownAnswers known, int clients, int seed)
{
    // Failures come faster than answers.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(20);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<SearchMark>[] _marks =
        [.. Enumerable.Range(0, clients).Select(_ => new List<SearchMark>())];

    private readonly ConcurrentQueue<string> _wrong = new();
    private int _failed;
    private int _partial;
    private int _unconfirmed;

    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    public int Searches => _marks.Sum(marks => marks.Count);

    public int Failed => _failed;

    public int Partial => _partial;

    public int Unconfirmed => _unconfirmed;

    /// <summary>What was wrong with complete answers.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>The longest time that one of the clients was without a complete answer.</summary>
    public TimeSpan LongestGap(TimeSpan from, TimeSpan to) =>
        _marks.Max(marks => Outage.LongestGap(marks, from, to));

    /// <summary>After how long all clients had complete answers again; null: one of them has not.</summary>
    public TimeSpan? CompleteAgain(TimeSpan from)
    {
        TimeSpan?[] each = [.. _marks.Select(marks => Outage.CompleteAgain(marks, from))];
        return Array.Exists(each, time => time is null) ? null : each.Max();
    }

    public Task RunAsync(CancellationToken end) => Task.WhenAll(
        Enumerable.Range(0, clients).Select(number => Task.Run(() => RunAsync(number, end), CancellationToken.None)));

    private async Task RunAsync(int number, CancellationToken end)
    {
        Random random = new(HashCode.Combine(seed, number));
        while (!end.IsCancellationRequested)
        {
            bool complete = await SearchAsync(random.Next(KnownAnswers.Queries));
            _marks[number].Add(new SearchMark(Now, complete));
            if (!complete)
            {
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }
    }

    private async Task<bool> SearchAsync(int query)
    {
        long acknowledged = known.Acknowledged;
        SearchResponse answer;
        try
        {
            answer = await client.SearchAsync(
                gallery, new SearchRequest { Vector = known.Query(query), Top = KnownAnswers.Top });
        }
        catch (GalleryApiException)
        {
            Interlocked.Increment(ref _failed);
            return false;
        }

        if (answer.Partial)
        {
            Interlocked.Increment(ref _partial);
            return false;
        }

        if (!answer.Confirmed)
        {
            // It says itself that others may know more.
            Interlocked.Increment(ref _unconfirmed);
        }
        else if (known.FaultOf(query, acknowledged, answer.Matches) is { } fault)
        {
            _wrong.Enqueue(fault);
        }

        return true;
    }
}

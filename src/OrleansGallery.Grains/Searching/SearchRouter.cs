using System.Collections.Concurrent;
using OrleansGallery.Abstractions;
using static OrleansGallery.Grains.TimeSpans;

namespace OrleansGallery.Grains;

/// <summary>
/// Sends searches from a silo, or from a client of silos, so that a silo or gateway that is lost or paused costs a
/// fraction of the deadline and not the answer. A slow search is not sent twice: it is asked after, and where nobody
/// says that it is under way, it is sent with another key, which may lead through another gateway. The key that was
/// answered last comes first. A search changes nothing, so that is safe.
/// </summary>
public sealed class SearchRouter
{
    private const int MaxAttempts = 4;

    private const int MaxSilent = 3;

    // A key keeps its gateway; so many lead through more than one.
    private const int Keys = 8;

    // How long a search or a gallery's description goes unanswered before it is asked after.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    // Asking after a search and sending it once more takes so long at least.
    private static readonly TimeSpan LeastTime = Patience * 3;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(25);

    // How much sooner than its deadline a search ends, so that its answer is here by then.
    private static readonly TimeSpan MaxReturnTime = TimeSpan.FromMilliseconds(100);

    // How much longer a search is waited for; then its answer was lost.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(1);

    private readonly Func<int, ISearchGrain> _searcher;
    private readonly Func<string, Task<Gallery>> _describe;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Gallery> _known = new(StringComparer.Ordinal);
    private volatile int _lastKey;

    /// <param name="grains">Reaches the silos.</param>
    /// <param name="time">The clock.</param>
    public SearchRouter(IGrainFactory grains, TimeProvider time)
        : this(key => grains.GetGrain<ISearchGrain>(key), name => grains.GalleryGrain(name).GetAsync(), time)
    {
    }

    internal SearchRouter(
        Func<int, ISearchGrain> searcher, Func<string, Task<Gallery>> describe, TimeProvider time) =>
        (_searcher, _describe, _time) = (searcher, describe, time);

    /// <summary>
    /// The gallery that is to be searched. Where its silo does not answer, what it said last: a gallery's number is
    /// never used again, so a search of one that was deleted meanwhile finds that out.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="limit">How long to try.</param>
    /// <returns>The gallery.</returns>
    /// <exception cref="InvalidIdException">The name breaks the rules.</exception>
    /// <exception cref="GalleryNotFoundException">There is none.</exception>
    /// <exception cref="TimeoutException">Its silo does not answer, and never did.</exception>
    public async Task<Gallery> FindGalleryAsync(string name, TimeSpan limit)
    {
        Deadline deadline = new(_time, limit);
        while (true)
        {
            try
            {
                TimeSpan patience = _known.ContainsKey(name) ? Shorter(Patience, deadline.Left) : deadline.Left;
                return _known[name] = await _describe(name).WaitAsync(NotNegative(patience), _time);
            }
            catch (GalleryNotFoundException)
            {
                _known.TryRemove(name, out _);
                throw;
            }
            catch (Exception exception) when (ClusterFailures.Translate(exception) is { Retryable: true })
            {
                if (_known.TryGetValue(name, out Gallery? known))
                {
                    return known;
                }

                if (deadline.Left <= RetryPause)
                {
                    throw;
                }

                await Task.Delay(RetryPause, _time);
            }
        }
    }

    /// <summary>Searches.</summary>
    /// <param name="command">The search; its id is given here.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The exact answer over the partitions that answered.</returns>
    /// <exception cref="InvalidEmbeddingException">The query is refused.</exception>
    /// <exception cref="GalleryNotFoundException">The gallery was deleted.</exception>
    /// <exception cref="OverloadedException">A silo's queue of scans is full.</exception>
    /// <exception cref="TimeoutException">No silo answers.</exception>
    /// <exception cref="SiloUnavailableException">None can be reached.</exception>
    public async Task<SearchAnswer> SearchAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        Deadline deadline = new(_time, command.Deadline - Shorter(command.Deadline / 10, MaxReturnTime));
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<SearchAttempt> running = [];
        try
        {
            int firstKey = _lastKey;
            for (int number = 0; ; number++)
            {
                int key = (firstKey + number) % Keys;
                running.Add(Send(key, command, NotNegative(deadline.Left), over.Token));
                if (await FirstAnswerAsync(running, number == MaxAttempts - 1, deadline, cancellationToken)
                    is { } answer)
                {
                    return answer;
                }

                await Task.Delay(RetryPause, _time, cancellationToken);
            }
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private SearchAttempt Send(int key, SearchCommand command, TimeSpan left, CancellationToken over)
    {
        ISearchGrain searcher = _searcher(key);
        SearchCommand mine = command with { Id = Guid.NewGuid(), Deadline = left };
        return new SearchAttempt(key, searcher, mine.Id, searcher.SearchAsync(mine, over));
    }

    // Null: there is reason to send it once more.
    private async Task<SearchAnswer?> FirstAnswerAsync(
        List<SearchAttempt> running, bool isLast, Deadline deadline, CancellationToken cancellationToken)
    {
        SearchAttempt latest = running[^1];
        while (running.Count > 0)
        {
            bool waitsToTheEnd = isLast || deadline.Left <= LeastTime;
            Task<Task<SearchAnswer>> first = Task.WhenAny(running.Select(attempt => attempt.Answer));
            try
            {
                TimeSpan patience = waitsToTheEnd ? deadline.Left + AnswerTime : Patience;
                Task<SearchAnswer> ended = await first.WaitAsync(NotNegative(patience), _time, cancellationToken);
                SearchAttempt attempt = running.Find(one => one.Answer == ended)!;
                running.Remove(attempt);
                SearchAnswer answer = await ended;
                _lastKey = attempt.Key;
                return answer;
            }
            catch (TimeoutException) when (!first.IsCompleted && !waitsToTheEnd)
            {
                bool? isRunning = await IsRunningAsync(latest, cancellationToken);
                if (isRunning is null)
                {
                    // The next search does not begin here.
                    _lastKey = (latest.Key + 1) % Keys;
                }

                // Silence may mean no more than that all are busy: that is reason for a copy or two, not for more.
                if (!first.IsCompleted && (isRunning == false || (isRunning is null && running.Count < MaxSilent)))
                {
                    return null;
                }
            }
            catch (Exception exception) when (
                (!waitsToTheEnd || running.Count > 0) && first.IsCompleted && MayPass(exception, cancellationToken))
            {
                // Another one may be answered yet.
            }
        }

        return null;
    }

    // Null: nobody says anything.
    private async Task<bool?> IsRunningAsync(SearchAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt.Searcher.IsRunningAsync(attempt.Id).WaitAsync(Patience, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
#pragma warning disable CA1031 // It is advice: whatever it fails of, the search is not known to be there.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static bool MayPass(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && ClusterFailures.Translate(exception) is { Retryable: true } and not OverloadedException;
}

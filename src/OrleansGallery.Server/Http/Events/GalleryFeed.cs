using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Follows a gallery's partitions from a position on. Each is asked for what changed after it, and answers when
/// something did; so whoever reads slowly finds several changes folded into one, and holds one answer per partition in
/// memory. Positions are sequences of commits: they outlive silos, moves and this process.
/// </summary>
internal sealed class GalleryFeed(
    IGrainFactory grains, Gallery gallery, ChangesFilter filter, FeedCursor cursor, TimeProvider time,
    ServerInstruments instruments)
{
    // As many as are looked at for one answer.
    private const int Limit = 256;

    private const int AnswersAhead = 4;

    // Answers that wait are told as one, up to about so many events: the position goes out once for all of them.
    private const int MaxTogether = 4 * Limit;

    // Shorter than any time-out of a call, so that a silo that is lost is noticed.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    // While much changes, so much is folded together.
    private static readonly TimeSpan Fold = TimeSpan.FromMilliseconds(100);

    // A partition that is nowhere is loaded first.
    private static readonly TimeSpan MaxBeginning = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly HashSet<int> _reset = [];

    /// <summary>Where the events that were read end.</summary>
    public FeedCursor Cursor => cursor;

    private IEnumerable<int> Partitions => PartitionsOf(gallery, filter);

    /// <summary>The partitions that a feed follows.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="filter">What is to be told.</param>
    public static IEnumerable<int> PartitionsOf(Gallery gallery, ChangesFilter filter) =>
        filter.IdentityId is { } identity
            ? [PartitionFunction.PartitionOf(identity, gallery.Partitions)]
            : Enumerable.Range(0, gallery.Partitions);

    /// <summary>Finds out where the partitions stand whose position is not known: everything that changes after this
    /// has returned is told.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RetryException">Not all of them answer.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(MaxBeginning, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, limit.Token);
        try
        {
            await Task.WhenAll(Partitions
                .Where(partition => cursor[partition] == ChangesRequest.Now)
                .Select(async partition => cursor[partition] =
                    (await AskAsync(partition, ChangesRequest.Now, either.Token)).Through));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RetryException(
                $"Not all partitions of gallery '{gallery.Name}' answered within {MaxBeginning.TotalSeconds:0} s; "
                + "send the request again.");
        }
    }

    /// <summary>The events as they come.</summary>
    /// <param name="patience">How long to wait for some.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Some events, up to <see cref="Cursor"/>; none: in time came nothing that was asked for.</returns>
    /// <exception cref="GalleryException">The feed is over, for example because the gallery was deleted.</exception>
    public async IAsyncEnumerable<IReadOnlyList<GalleryEvent>> ReadAsync(
        TimeSpan patience, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<(int Partition, ChangesAnswer Answer)> answers = Channel.CreateBounded<(int, ChangesAnswer)>(
            new BoundedChannelOptions(AnswersAhead) { SingleReader = true });
        Task[] followers =
            [.. Partitions.Select(partition => FollowAsync(partition, cursor[partition], answers.Writer, over.Token))];
        try
        {
            Task<bool> ready = answers.Reader.WaitToReadAsync(cancellationToken).AsTask();
            Task silence = Task.Delay(patience, time, over.Token);
            while (true)
            {
                if (await Task.WhenAny(ready, silence) == ready)
                {
                    await ready;
                    ready = answers.Reader.WaitToReadAsync(cancellationToken).AsTask();
                }
                else
                {
                    await silence;
                    silence = Task.Delay(patience, time, over.Token);
                    yield return [];
                }

                while (Gather(answers.Reader) is { Count: > 0 } events)
                {
                    yield return events;
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(followers);
        }
    }

    private List<GalleryEvent> Gather(ChannelReader<(int Partition, ChangesAnswer Answer)> answers)
    {
        List<GalleryEvent> events = [];
        while (events.Count < MaxTogether && answers.TryRead(out (int Partition, ChangesAnswer Answer) next))
        {
            cursor[next.Partition] = next.Answer.Through;
            instruments.OnFollowed(next.Answer.Sequence - next.Answer.Through);
            events.AddRange(EventsOf(next.Partition, next.Answer));
        }

        return events;
    }

    private async Task FollowAsync(
        int partition, long after, ChannelWriter<(int, ChangesAnswer)> answers, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                ChangesAnswer answer = await AskAsync(partition, after, cancellationToken);
                if (answer.Through != after || answer.IsReset)
                {
                    await answers.WriteAsync((partition, answer), cancellationToken);
                    after = answer.Through;
                }

                // Not in a hurry, too, where nobody may wait any more because the partition is about to move.
                if (answer.Through == answer.Sequence)
                {
                    await Task.Delay(Fold, time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody reads any more.
        }
        catch (GalleryNotFoundException)
        {
            answers.TryComplete(new GalleryNotFoundException($"Gallery '{gallery.Name}' was deleted."));
        }
#pragma warning disable CA1031 // The reader hears it, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            answers.TryComplete(exception);
        }
    }

    // A silo that is lost, a partition that moves, a store that is away: all of that passes.
    private async Task<ChangesAnswer> AskAsync(int partition, long after, CancellationToken cancellationToken)
    {
        ChangesRequest request = new() { After = after, Limit = Limit, Wait = Wait, Filter = filter };
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await grains.PartitionGrain(gallery.Number, gallery.Partitions, partition)
                    .ReadChangesAsync(request, cancellationToken).WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (
                !cancellationToken.IsCancellationRequested
                && ClusterFailures.Translate(exception) is { Retryable: true })
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private List<GalleryEvent> EventsOf(int partition, ChangesAnswer answer)
    {
        List<GalleryEvent> events = [];
        if (!answer.IsReset)
        {
            _reset.Remove(partition);
        }
        else if (_reset.Add(partition))
        {
            events.Add(new GalleryEvent { Kind = GalleryEventKind.Reset, Partition = partition });
        }

        events.AddRange(answer.Changes.Select(change => new GalleryEvent
        {
            Kind = change.Count == 0 ? GalleryEventKind.Removed
                : change.IsFounded ? GalleryEventKind.Founded : GalleryEventKind.Changed,
            Identity = change.IdentityId,
            Digest = Convert.ToHexStringLower(change.Digest),
            Version = change.Version,
            Count = change.Count,
            Score = change.Score,
        }));
        return events;
    }
}

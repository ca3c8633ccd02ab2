using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>A silo or gateway that is lost costs a part of a search's deadline, not its answer.</summary>
public sealed class SearchRouterTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    private static readonly SearchAnswer Answer = new()
    {
        Matches = [], Asked = 4, Answered = 4, Evidence = default, Missing = [], IsConfirmed = true,
    };

    private static readonly Gallery Found = new() { Name = "g", Number = 7, Dimension = 2, Partitions = 4 };

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_SlowButUnderWay_IsSentOnce()
    {
        TaskCompletionSource<SearchAnswer> answer = new();
        int asked = 0;
        FakeSearcher slow = new(() => answer.Task, () =>
        {
            if (++asked == 5)
            {
                answer.SetResult(Answer);
            }

            return Task.FromResult(true);
        });

        Assert.Same(Answer, await EndAsync(Search(slow)));
        Assert.Single(slow.Sent);
        Assert.Equal(5, asked);
    }

    [Fact]
    public async Task Search_LostWithItsSilo_IsSentAnotherWay()
    {
        FakeSearcher lost = new(() => new TaskCompletionSource<SearchAnswer>().Task, () => Task.FromResult(false));
        FakeSearcher other = Answering();
        long start = _time.GetTimestamp();

        Assert.Same(Answer, await EndAsync(Search(lost, other)));
        Assert.InRange(_time.GetElapsedTime(start).TotalSeconds, 0.2, 2);
        Assert.Single(lost.Sent);
        Assert.True(lost.Token.IsCancellationRequested);

        // The second has what is left of the time, not all of it anew.
        Assert.InRange(Assert.Single(other.Sent).Deadline.TotalSeconds, 0, 1.7);
    }

    [Fact]
    public async Task Search_PausedGateway_IsSentAnotherWay()
    {
        FakeSearcher paused = FakeSearcher.Silent;
        long start = _time.GetTimestamp();

        Assert.Same(Answer, await EndAsync(Search(paused, Answering())));
        Assert.InRange(_time.GetElapsedTime(start).TotalSeconds, 0.4, 2);
        Assert.Single(paused.Sent);
    }

    [Fact]
    public async Task Search_OneWayIsPaused_TheNextSearchBeginsWithTheOneThatAnswered()
    {
        FakeSearcher paused = FakeSearcher.Silent;
        SearchRouter router = Router(paused, Answering());

        await EndAsync(router.SearchAsync(Command(), Token));
        await EndAsync(router.SearchAsync(Command(), Token));

        Assert.Single(paused.Sent);
    }

    [Fact]
    public async Task Search_FirstAnswersLateAfterAll_IsTaken()
    {
        TaskCompletionSource<SearchAnswer> answer = new();
        FakeSearcher paused = new(() => answer.Task, () => new TaskCompletionSource<bool>().Task);
        FakeSearcher busy = new(() => new TaskCompletionSource<SearchAnswer>().Task, () =>
        {
            answer.TrySetResult(Answer);
            return Task.FromResult(true);
        });

        Assert.Same(Answer, await EndAsync(Search(paused, busy)));
        Assert.True(busy.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Search_SiloThatIsGone_IsRepeated()
    {
        FakeSearcher gone = Failing(new SiloUnavailableException("gone"));

        Assert.Same(Answer, await EndAsync(Search(gone, gone, Answering())));
    }

    [Theory]
    [InlineData(typeof(OverloadedException))]
    [InlineData(typeof(InvalidEmbeddingException))]
    [InlineData(typeof(GalleryNotFoundException))]
    public async Task Search_RefusalThatAnotherWayRepeats_IsSaidAtOnce(Type refusal)
    {
        FakeSearcher refusing = Failing((Exception)Activator.CreateInstance(refusal, "no")!);

        await Assert.ThrowsAsync(refusal, () => EndAsync(Search(refusing)));
        Assert.Single(refusing.Sent);
    }

    [Fact]
    public async Task Search_NobodyAnswers_EndsASecondAfterItsDeadline()
    {
        FakeSearcher silent = FakeSearcher.Silent;
        long start = _time.GetTimestamp();

        await Assert.ThrowsAsync<TimeoutException>(() => EndAsync(Search(silent)));
        Assert.InRange(silent.Sent.Count, 2, 3);
        Assert.InRange(_time.GetElapsedTime(start).TotalSeconds, 2.9, 4);
    }

    [Fact]
    public async Task Search_SilosThatStayAway_EndsWithinItsDeadline()
    {
        FakeSearcher gone = Failing(new SiloUnavailableException("gone"));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => EndAsync(Search(gone)));
        Assert.InRange(gone.Sent.Count, 2, 4);
    }

    [Fact]
    public async Task Search_CallerGoesAway_EndsAtOnce()
    {
        using CancellationTokenSource caller = new();
        FakeSearcher silent = FakeSearcher.Silent;
        Task<SearchAnswer> search = Router(silent).SearchAsync(Command(), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
        Assert.Single(silent.Sent);
        Assert.True(silent.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task FindGallery_SiloIsSilent_IsWhatItSaidLast()
    {
        Queue<Task<Gallery>> answers = new([
            Task.FromResult(Found), new TaskCompletionSource<Gallery>().Task,
            Task.FromException<Gallery>(new StorageUnavailableException("away")),
        ]);
        SearchRouter router = new(_ => FakeSearcher.Silent, _ => answers.Dequeue(), _time);
        long start = _time.GetTimestamp();

        Assert.Same(Found, await EndAsync(router.FindGalleryAsync("g", Deadline)));
        Assert.Same(Found, await EndAsync(router.FindGalleryAsync("g", Deadline)));
        Assert.InRange(_time.GetElapsedTime(start).TotalSeconds, 0.2, 2);
        Assert.Same(Found, await EndAsync(router.FindGalleryAsync("g", Deadline)));
    }

    [Fact]
    public async Task FindGallery_NeverHeardOfAndSilent_EndsInTime()
    {
        SearchRouter router = new(
            _ => FakeSearcher.Silent, _ => new TaskCompletionSource<Gallery>().Task, _time);
        long start = _time.GetTimestamp();

        await Assert.ThrowsAsync<TimeoutException>(() => EndAsync(router.FindGalleryAsync("g", Deadline)));
        Assert.InRange(_time.GetElapsedTime(start).TotalSeconds, 1.9, 4);
    }

    [Fact]
    public async Task FindGallery_SiloComesBack_IsAskedAgain()
    {
        int asked = 0;
        SearchRouter router = new(
            _ => FakeSearcher.Silent,
            _ => ++asked < 4
                ? Task.FromException<Gallery>(new SiloUnavailableException("gone"))
                : Task.FromResult(Found),
            _time);

        Assert.Same(Found, await EndAsync(router.FindGalleryAsync("g", Deadline)));
    }

    [Fact]
    public async Task FindGallery_Deleted_IsForgotten()
    {
        Queue<Task<Gallery>> answers = new([
            Task.FromResult(Found), Task.FromException<Gallery>(new GalleryNotFoundException("deleted")),
            new TaskCompletionSource<Gallery>().Task,
        ]);
        SearchRouter router = new(_ => FakeSearcher.Silent, _ => answers.Dequeue(), _time);

        await router.FindGalleryAsync("g", Deadline);
        await Assert.ThrowsAsync<GalleryNotFoundException>(() => router.FindGalleryAsync("g", Deadline));
        await Assert.ThrowsAsync<TimeoutException>(() => EndAsync(router.FindGalleryAsync("g", Deadline)));
    }

    private static FakeSearcher Answering() =>
        new(() => Task.FromResult(Answer), () => throw new InvalidOperationException("It has answered."));

    private static FakeSearcher Failing(Exception exception) => new(
        () => Task.FromException<SearchAnswer>(exception), () => throw new InvalidOperationException("It has failed."));

    private static SearchCommand Command() => new()
    {
        Gallery = 7, Partitions = 4, Dimension = 2, Query = VectorBytes.From([1, 0]), Top = 3, Deadline = Deadline,
    };

    // The last way is taken again where more attempts are made than there are ways.
    private SearchRouter Router(params FakeSearcher[] ways) => new(
        attempt => ways[Math.Min(attempt, ways.Length - 1)],
        _ => throw new InvalidOperationException("The gallery is known."), _time);

    private Task<SearchAnswer> Search(params FakeSearcher[] ways) => Router(ways).SearchAsync(Command(), Token);

    // Time goes on in small steps, with room for what waits for it.
    private async Task<T> EndAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            _time.Advance(Tick);
            await Task.Delay(1, Token);
        }

        return await work;
    }
}

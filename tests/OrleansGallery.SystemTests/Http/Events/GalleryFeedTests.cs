using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class GalleryFeedTests : IDisposable
{
    private static readonly Gallery People = new()
    {
        Number = 300, Name = "people", Dimension = 4, Partitions = 64, Settings = new(),
    };

    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<ServerInstruments>().BuildServiceProvider();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_NobodyMayWaitInThePartitionsAnyMore_AsksWithPauses()
    {
        int calls = 0;
        GalleryFeed feed = FeedOf((request, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(
                new ChangesAnswer { Through = request.After, Sequence = request.After, Changes = [] });
        });

        await foreach (IReadOnlyList<GalleryEvent> events in feed.ReadAsync(TimeSpan.FromSeconds(1), Cancelled))
        {
            Assert.Empty(events);
            break;
        }

        Assert.InRange(calls, People.Partitions, 200 * People.Partitions);
    }

    [Fact]
    public async Task ReadAsync_AllPartitionsHaveSomething_ToldTogether()
    {
        GalleryFeed feed = FeedOf(async (request, cancelled) =>
        {
            if (request.After > 0)
            {
                await Task.Delay(Timeout.Infinite, cancelled);
            }

            ChangedIdentity anna = new() { Version = 1, IdentityId = "anna", Digest = new byte[16], Count = 1 };
            return new ChangesAnswer { Through = 1, Sequence = 1, Changes = [anna] };
        });
        int answers = 0;
        int told = 0;
        await foreach (IReadOnlyList<GalleryEvent> events in feed.ReadAsync(TimeSpan.FromMinutes(1), Cancelled))
        {
            answers++;
            told += events.Count;
            if (told == People.Partitions)
            {
                break;
            }
        }

        Assert.InRange(answers, 1, People.Partitions / 8);
        Assert.All(Enumerable.Range(0, People.Partitions), partition => Assert.Equal(1, feed.Cursor[partition]));
    }

    public void Dispose() => _services.Dispose();

    private GalleryFeed FeedOf(Func<ChangesRequest, CancellationToken, Task<ChangesAnswer>> answer) => new(
        PartitionGrains.Create(answer), People, new ChangesFilter(), FeedCursor.Start(People), TimeProvider.System,
        _services.GetRequiredService<ServerInstruments>());
}

using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Events of a cluster whose silos come and go.</summary>
[Trait("Category", "Cluster")]
public sealed class EventClusterTests(ClusterStore store) : IClassFixture<ClusterStore>, IDisposable
{
    private const string Gallery = "people";
    private const int Identities = 40;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_ASiloIsKilledAndOneStopsInOrder_MissesNothingAndKeepsTheOrder()
    {
        string cluster = store.NextCluster();
        await using WebApplication stays = await StartAsync(cluster, "stays", "gallery");
        await using WebApplication leaves = await StartAsync(cluster, "leaves", "gallery");
        using GalleryProcess killed = await GalleryProcess.ServeAsync(
            store.Options(_folder, cluster, "killed", "gallery"));
        await using WebApplication api = await StartAsync(cluster, "api", "api");
        using GalleryClient client = new(GalleryHost.AddressOf(api));
        while (!await client.IsReadyAsync(Cancelled))
        {
            await Task.Delay(50, Cancelled);
        }

        await client.CreateGalleryAsync(new() { Name = Gallery, Dimension = 4, Partitions = 8 }, Cancelled);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromMinutes(8));
        int events = 0;
        Dictionary<string, GalleryEvent> last = [];
        await using (IAsyncEnumerator<GalleryEvent> stream = client.WatchAsync(
            Gallery, new WatchRequest { Cursor = WatchRequest.Start }, limit.Token).GetAsyncEnumerator(limit.Token))
        {
            for (int images = 1; images <= 3; images++)
            {
                Task<int> reading = ReadUntilAsync(stream, last, images);
                await EnrolAsync(client, images);
                events += await reading;
                if (images == 1)
                {
                    await leaves.StopAsync(Cancelled);
                }
                else if (images == 2)
                {
                    killed.Kill();
                }
            }
        }

        Assert.InRange(events, Identities, 3 * Identities * 2);
        await api.StopAsync(Cancelled);
        await stays.StopAsync(Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    // Until each identity was told with so many images.
    private static async Task<int> ReadUntilAsync(
        IAsyncEnumerator<GalleryEvent> stream, Dictionary<string, GalleryEvent> last, int images)
    {
        int events = 0;
        while (last.Count < Identities || last.Values.Any(one => one.Count < images))
        {
            Assert.True(await stream.MoveNextAsync());
            GalleryEvent next = stream.Current;
            events++;
            Assert.NotNull(next.Identity);
            if (last.TryGetValue(next.Identity, out GalleryEvent? before))
            {
                Assert.True(next.Version >= before.Version, $"{before} before {next}");
            }

            last[next.Identity] = next;
        }

        return events;
    }

    private static Task EnrolAsync(GalleryClient client, int image) => Parallel.ForAsync(
        0, Identities, Cancelled, async (i, cancelled) =>
        {
            while (true)
            {
                try
                {
                    await client.EnrolAsync(
                        Gallery, $"p{i}", new() { Vector = [1, i, image, 1], ImageId = $"{image}" }, cancelled);
                    return;
                }
                catch (GalleryApiException failure) when (failure.Retryable)
                {
                    await Task.Delay(100, cancelled);
                }
            }
        });

    private async Task<WebApplication> StartAsync(string cluster, string name, string roles)
    {
        WebApplication app = store.Build(_folder, cluster, name, roles);
        await app.StartAsync(Cancelled);
        return app;
    }
}

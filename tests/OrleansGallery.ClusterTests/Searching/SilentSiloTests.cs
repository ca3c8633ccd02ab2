using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A silo that runs and does not answer, as one that was paused: it costs one search its deadline, and others
/// a part of it.</summary>
public sealed class SilentSiloTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();
    private readonly float[] _vector = SyntheticVectors.Embedding(0, 0, 16);

    [Fact]
    public async Task Search_OneSiloIsSilent_IsPartialInTimeThenSoonerAndCompleteAgainWhenItAnswers()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new SqliteGalleryStore(_folder.File("gallery.db")));
        Gallery gallery = await cluster.CreateAsync("people");
        InProcessSiloHandle silent = cluster.Silos[1];
        for (int partition = 0; partition < gallery.Partitions; partition++)
        {
            await cluster.MoveAsync(gallery, partition, cluster.Silos[partition % 2]);
        }

        Assert.Empty((await cluster.SearchAsync(gallery, _vector)).Missing);
        using ManualResetEventSlim release = new();
        ScanQueue queue = silent.ServiceProvider.GetRequiredService<ScanQueue>();
        queue.BeforeScan = _ => release.Wait();
        try
        {
            await SearchTwiceAsync(cluster, gallery);
        }
        finally
        {
            queue.BeforeScan = null;
            release.Set();
        }

        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while ((await SearchAsync(cluster, gallery)).Answer.Missing.Count > 0)
        {
            Assert.False(limit.IsCancellationRequested);
        }

        // It is trusted again: it may take more than a third of the deadline.
        queue.BeforeScan = _ => Thread.Sleep(Deadline * 0.5);
        Assert.Empty((await SearchAsync(cluster, gallery)).Answer.Missing);
    }

    public void Dispose() => _folder.Dispose();

    private async Task SearchTwiceAsync(GalleryCluster cluster, Gallery gallery)
    {
        (SearchAnswer first, TimeSpan firstTime) = await SearchAsync(cluster, gallery);
        Assert.Equal([1, 3, 5, 7], first.Missing);
        Assert.InRange(firstTime, Deadline * 0.8, Deadline * 2);

        (SearchAnswer second, TimeSpan secondTime) = await SearchAsync(cluster, gallery);
        Assert.Equal([1, 3, 5, 7], second.Missing);
        Assert.InRange(secondTime, TimeSpan.Zero, Deadline * 0.7);
    }

    private async Task<(SearchAnswer Answer, TimeSpan Time)> SearchAsync(GalleryCluster cluster, Gallery gallery)
    {
        long start = TimeProvider.System.GetTimestamp();
        SearchAnswer answer = await cluster.SearchAsync(gallery, _vector, deadline: Deadline);
        return (answer, TimeProvider.System.GetElapsedTime(start));
    }
}

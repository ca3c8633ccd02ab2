using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A silo that starts on a full disk: it answers whatever needs no write, and says why it refuses the
/// rest.</summary>
public sealed class FullStoreTests : IDisposable
{
    private const int Dimension = 16;
    private const int Identities = 12;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Fact]
    public async Task Start_OnAFullDisk_SearchesAndRefusesWritesUntilThereIsRoom()
    {
        (Gallery gallery, string rootHash) = await FillAsync();
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(() => store = new FaultyStore(
            new SqliteGalleryStore(DatabaseFile))
        {
            BeforeWrite = () => throw new StoreAwayException(
                StoreAwayReason.Full, "Full.", new IOException("No space left.")),
        });

        SearchAnswer answer = await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(4, 1, Dimension), top: 1);
        Assert.Equal(("p4", 4, 4), (answer.Matches[0].IdentityId, answer.Asked, answer.Answered));
        Assert.Equal(rootHash, (await cluster.Gallery("people").DescribeAsync()).RootHash);
        Assert.Empty((await cluster.Gallery("people").VerifyAsync(Token)).Differences);
        Assert.Equal(
            EnrolOutcome.Duplicate,
            (await cluster.Identity(gallery, "p4").EnrolAsync(Images.Of(4, 1, Dimension))).Outcome);
        await RefusedAsync(() => cluster.Identity(gallery, "new").EnrolAsync(Images.Of(99, 1, Dimension)));
        await RefusedAsync(() => cluster.Identity(gallery, "p4").DeleteAsync());
        await RefusedAsync(() => cluster.CreateAsync("others"));
        await RefusedAsync(() => cluster.Gallery("people").DeleteAsync());
        Assert.Equal(rootHash, (await cluster.Gallery("people").DescribeAsync()).RootHash);

        store!.BeforeWrite = null;

        await cluster.Identity(gallery, "new").EnrolAsync(Images.Of(99, 1, Dimension));
        await cluster.CreateAsync("others");
        await cluster.Identity(gallery, "new").DeleteAsync();
        Assert.Equal(rootHash, (await cluster.Gallery("people").DescribeAsync()).RootHash);
        Assert.Empty((await cluster.Gallery("people").VerifyAsync(Token)).Differences);
    }

    [Fact]
    public async Task Search_NothingCanBeRead_IsPartialWithinItsDeadline()
    {
        (Gallery gallery, _) = await FillAsync();
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(() => new FaultyStore(
            new SqliteGalleryStore(DatabaseFile))
        {
            BeforeRead = _ => throw new StoreAwayException(
                StoreAwayReason.Failing, "Away.", new IOException("I/O error.")),
        });

        SearchAnswer answer = await cluster.SearchAsync(
            gallery, SyntheticVectors.Embedding(4, 1, Dimension), deadline: TimeSpan.FromMilliseconds(500));

        Assert.Equal((4, 0, 0), (answer.Asked, answer.Answered, answer.Matches.Count));
        Assert.Equal(Identities, (await cluster.Gallery("people").DescribeAsync()).Images);
    }

    [Fact]
    public async Task Search_IsOver_NobodyLooksForItsPartitionsAnyMore()
    {
        (Gallery gallery, _) = await FillAsync();
        int reads = 0;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(() => new FaultyStore(
            new SqliteGalleryStore(DatabaseFile))
        {
            BeforeRead = _ =>
            {
                Interlocked.Increment(ref reads);
                throw new StoreAwayException(StoreAwayReason.Failing, "Away.", new IOException("I/O error."));
            },
        });
        await cluster.SearchAsync(
            gallery, SyntheticVectors.Embedding(4, 1, Dimension), deadline: TimeSpan.FromMilliseconds(300));
        Assert.NotEqual(0, reads);

        // What is under way ends; then nothing more may be asked for.
        await Task.Delay(TimeSpan.FromMilliseconds(300), Token);
        int before = Volatile.Read(ref reads);
        await Task.Delay(TimeSpan.FromMilliseconds(600), Token);

        Assert.Equal(before, Volatile.Read(ref reads));
    }

    [Fact]
    public async Task Confirm_PartitionsThatCouldNotBeTaken_StayInMemory()
    {
        (Gallery gallery, _) = await FillAsync();
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => new FaultyStore(new SqliteGalleryStore(DatabaseFile))
            {
                BeforeWrite = () => throw new StoreAwayException(
                    StoreAwayReason.Full, "Full.", new IOException("No space left.")),
            },
            silo => silo.Configure<PartitionOptions>(
                options => options.ConfirmInterval = TimeSpan.FromMilliseconds(20)));
        await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(4, 1, Dimension));
        LocalPartition[] held = [.. cluster.Silos[0].ServiceProvider.GetRequiredService<LocalPartitions>().All];
        Assert.Equal(4, held.Length);
        Assert.DoesNotContain(held, partition => partition.IsTaken);
        long loaded = held.Max(partition => partition.Confirmed);

        Assert.True(SpinWait.SpinUntil(() => held.All(partition => partition.Confirmed > loaded), Soon));

        Assert.DoesNotContain(held, partition => partition.IsLost);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task RefusedAsync<T>(Func<Task<T>> write)
    {
        StorageFullException error = await Assert.ThrowsAsync<StorageFullException>(
            () => write().WaitAsync(Soon, Token));
        Assert.Contains("Server:DataFolder", error.Message, StringComparison.Ordinal);
    }

    private async Task<(Gallery Gallery, string RootHash)> FillAsync()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        Gallery gallery = await cluster.CreateAsync("people", partitions: 4);
        for (int i = 0; i < Identities; i++)
        {
            await cluster.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(i, 1, Dimension));
        }

        return (gallery, (await cluster.Gallery("people").DescribeAsync()).RootHash);
    }
}

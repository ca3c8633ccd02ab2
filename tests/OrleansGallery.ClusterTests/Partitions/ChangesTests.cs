using OrleansGallery.Abstractions;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>What partitions tell those who follow them, on silos that come and go.</summary>
public sealed class ChangesTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadChanges_ThePartitionMovesWhileSomebodyWaits_TheMoveIsNotHeldUpAndNothingIsMissed()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        await EnrolAsync(cluster, gallery, "anna", 1);
        long after = await NowAsync(cluster, gallery);
        Task<ChangesAnswer> waiting = ReadAsync(cluster, gallery, after, Long);
        Assert.NotEqual(waiting, await Task.WhenAny(waiting, Task.Delay(200, Token)));
        SiloAddress from = (await cluster.Partition(gallery, 0).LocateAsync()).Silo;

        await cluster.MoveAsync(gallery, 0, cluster.Silos.Single(silo => !silo.SiloAddress.Equals(from)))
            .WaitAsync(Long * 0.9, Token);

        ChangesAnswer nothing = await waiting.WaitAsync(Long * 0.9, Token);
        Assert.Equal((after, 0), (nothing.Through, nothing.Changes.Count));
        Task<ChangesAnswer> again = ReadAsync(cluster, gallery, after, Long);
        await EnrolAsync(cluster, gallery, "anna", 2);
        ChangesAnswer answer = await again.WaitAsync(TimeSpan.FromMinutes(1), Token);
        ChangedIdentity changed = Assert.Single(answer.Changes);
        Assert.Equal(("anna", 2, false), (changed.IdentityId, changed.Count, changed.IsFounded));
        Assert.Equal((after + 1, false), (answer.Through, answer.IsReset));
    }

    [Fact]
    public async Task ReadChanges_AfterTheSiloWasKilled_TellsTheSameFromTheStore()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        await EnrolAsync(cluster, gallery, "anna", 1);
        await EnrolAsync(cluster, gallery, "bob", 1);
        long after = await NowAsync(cluster, gallery);
        await EnrolAsync(cluster, gallery, "carl", 1);
        await EnrolAsync(cluster, gallery, "anna", 2);
        await cluster.Identity(gallery, "bob").DeleteAsync();
        ChangesAnswer before = await ReadAsync(cluster, gallery, after, TimeSpan.Zero);
        SiloAddress from = (await cluster.Partition(gallery, 0).LocateAsync()).Silo;

        await cluster.KillSiloAsync(cluster.Silos.Single(silo => silo.SiloAddress.Equals(from)));
        ChangesAnswer there = (await Answer.AskAsync(
            "changes", () => ReadAsync(cluster, gallery, after, TimeSpan.Zero))).Value!;

        Assert.Equal(["carl", "anna", null], before.Changes.Select(change => change.IdentityId));
        Assert.Equal([true, false, false], before.Changes.Select(change => change.IsFounded));
        Assert.Equal(before.Changes.Select(Text), there.Changes.Select(Text));
        Assert.Equal((before.Through, false), (there.Through, there.IsReset));

        static string Text(ChangedIdentity change) =>
            $"{change.IdentityId} {Convert.ToHexString(change.Digest)} {change.Version} {change.Count} "
            + $"{change.IsFounded}";
    }

    // As many as are remembered in order, and more: then all identities are looked at.
    [Theory]
    [InlineData(500)]
    [InlineData(1_300)]
    public async Task ReadChanges_ByPages_TellsEachAsFoundedFirstAndItsLastStateInTheEnd(int images)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(1, Open);
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        await Task.WhenAll(Enumerable.Range(0, images).Select(i => EnrolAsync(cluster, gallery, $"p{i % 200}", i)));
        Dictionary<string, ChangedIdentity> last = [];
        long after = 0;
        for (ChangesAnswer page = await ReadAsync(cluster, gallery, 0, TimeSpan.Zero, limit: 7); ;
            page = await ReadAsync(cluster, gallery, after, TimeSpan.Zero, limit: 7))
        {
            foreach (ChangedIdentity change in page.Changes)
            {
                Assert.True(change.Version > after);
                Assert.Equal(!last.TryGetValue(change.IdentityId!, out ChangedIdentity? before), change.IsFounded);
                Assert.True(before is null || change.Version >= before.Version);
                last[change.IdentityId!] = change;
            }

            if (page.Through == after)
            {
                break;
            }

            after = page.Through;
        }

        Assert.Equal(200, last.Count);
        Assert.Equal(images, last.Values.Sum(change => change.Count));
    }

    [Fact]
    public async Task ReadChanges_RemovalsAreNotRememberedAsFarBack_SaysSo()
    {
        FaultyStore store = null!;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(() =>
            store = new FaultyStore(new SqliteGalleryStore(_folder.File("gallery.db"))));
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        await EnrolAsync(cluster, gallery, "anna", 1);
        long after = await NowAsync(cluster, gallery);
        // More than are remembered in order; then it is the store that knows.
        for (int i = 0; i < 1_100; i++)
        {
            await EnrolAsync(cluster, gallery, $"p{i % 3}", i);
        }

        Assert.False((await ReadAsync(cluster, gallery, after, TimeSpan.Zero)).IsReset);
        store.ForgetsRemovals = true;
        ChangesAnswer answer = await ReadAsync(cluster, gallery, after, TimeSpan.Zero);

        Assert.True(answer.IsReset);
        Assert.Equal(["p0", "p1", "p2"], answer.Changes.Select(change => change.IdentityId!).Order());
    }

    public void Dispose() => _folder.Dispose();

    private SqliteGalleryStore Open() => new(_folder.File("gallery.db"));

    private static Task<EnrolReceipt> EnrolAsync(
        GalleryCluster cluster, Gallery gallery, string identity, int image) =>
        Answer.GetAsync(() => cluster.Identity(gallery, identity).EnrolAsync(
            Images.Of(image % 50, image, gallery.Dimension)));

    private static async Task<long> NowAsync(GalleryCluster cluster, Gallery gallery) =>
        (await ReadAsync(cluster, gallery, ChangesRequest.Now, TimeSpan.Zero)).Through;

    private static Task<ChangesAnswer> ReadAsync(
        GalleryCluster cluster, Gallery gallery, long after, TimeSpan wait, int limit = 100) =>
        cluster.Partition(gallery, 0).ReadChangesAsync(
            new ChangesRequest { After = after, Limit = limit, Wait = wait, Filter = new ChangesFilter() }, Token);
}

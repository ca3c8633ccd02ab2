using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>What keeps stale beliefs out: versions, epochs at loading, and answers that say what is missing.</summary>
public sealed class OwnershipTests : IDisposable
{
    private const int Dimension = 16;

    private readonly TemporaryFolder _folder = new();

    private string DatabaseFile => _folder.File("gallery.db");

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Commit_OnAnotherVersionThanTheLast_IsRefused(int offset)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        EnrolReceipt receipt = await cluster.Identity(gallery, "p1").EnrolAsync(Images.Of(1, 1, Dimension));
        IPartitionGrain partition = cluster.Grains.GetGrain<IPartitionGrain>(GrainKeys.Partition(gallery.Number, 1, 0));
        ImageToEnrol image = Images.Of(1, 2, Dimension);
        IdentityChange stale = new()
        {
            IdentityId = "p1",
            ExpectedVersion = receipt.Version + offset,
            AddedImages = [image],
            RemovedImages = [],
            Facets = [],
            Count = 2,
            Hash = new byte[32],
        };

        await Assert.ThrowsAsync<RetryException>(() => partition.CommitAsync(stale));
        await Assert.ThrowsAsync<RetryException>(() => partition.ConfirmAsync("p1", receipt.Version + offset));

        await partition.ConfirmAsync("p1", receipt.Version);
        Assert.Equal(1, (await cluster.Identity(gallery, "p1").GetAsync(false)).Count);
    }

    [Fact]
    public async Task Load_PartitionTakenWhileItIsLoaded_IsRefused()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner first = new(DatabaseFile);
        using Owner second = new(DatabaseFile);
        first.Store.BeforeRead = _ =>
        {
            first.Store.BeforeRead = null;
            second.ActivateAsync(gallery).GetAwaiter().GetResult();
        };

        await Assert.ThrowsAsync<RetryException>(() => first.ActivateAsync(gallery));
    }

    [Fact]
    public async Task Load_ItsTokenFiresInTheMiddle_ReadsNoFurtherRow()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => owner.Committer.CommitAsync(owner.Partition, Changes.Of($"p{i}", i))));
        using CancellationTokenSource stopping = new();
        int rows = 0;
        owner.Store.OnRow = _ =>
        {
            if (++rows == 5)
            {
                stopping.Cancel();
            }
        };
        owner.LoadToken = stopping.Token;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => owner.ActivateAsync(gallery));

        Assert.Equal(5, rows);
    }

    [Fact]
    public async Task Locate_LoadingTakesTooLong_SaysSoAndTheNextTryMaySucceed()
    {
        FaultyStore? store = null;
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => store = new FaultyStore(new SqliteGalleryStore(DatabaseFile)),
            silo => silo.Configure<PartitionOptions>(options => options.LoadTime = TimeSpan.FromMilliseconds(300)));
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        TaskCompletionSource never = new();
        store!.Reading = () => never.Task;

        RetryException error = await Assert.ThrowsAsync<RetryException>(
            () => cluster.Partition(gallery, 0).LocateAsync());
        store.Reading = null;
        never.SetResult();

        Assert.Contains("Partitions:LoadTime", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await cluster.Partition(gallery, 0).LocateAsync()).Partition);
    }

    [Fact]
    public async Task Find_AfterTheGalleryWasDeleted_IsNotAnsweredFromMemory()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(DatabaseFile);
        Gallery gallery = await cluster.CreateAsync("people");
        ImageToEnrol image = Images.Of(1, 1, Dimension);
        await cluster.Identity(gallery, "p1").EnrolAsync(image);
        await cluster.Gallery("people").DeleteAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Identity(gallery, "p1").EnrolAsync(image));
        await Assert.ThrowsAnyAsync<Exception>(
            () => cluster.Identity(gallery, "p1").FindAsync(image.ImageId, image.ContentHash));
    }

    [Fact]
    public async Task Search_APartitionLoadsTooSlowly_IsPartialAndSaysSoThenComplete()
    {
        Gallery gallery;
        float[] vector = SyntheticVectors.Embedding(1, 1, Dimension);
        await using (GalleryCluster before = await GalleryCluster.StartAsync(DatabaseFile))
        {
            gallery = await before.CreateAsync("people", partitions: 4);
            for (int i = 0; i < 12; i++)
            {
                await before.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(i, 1, Dimension));
            }
        }

        using ManualResetEventSlim release = new();
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(() => new FaultyStore(
            new SqliteGalleryStore(DatabaseFile))
        {
            BeforeRead = key =>
            {
                if (key.Partition == 3)
                {
                    release.Wait();
                }
            },
        });

        SearchAnswer partial = await cluster.SearchAsync(
            gallery, vector, top: 100, deadline: TimeSpan.FromMilliseconds(700));
        release.Set();
        SearchAnswer complete = await cluster.SearchAsync(gallery, vector, top: 100);

        Assert.Equal((4, 3), (partial.Asked, partial.Answered));
        Assert.InRange(partial.Matches.Count, 1, 11);
        Assert.DoesNotContain(partial.Matches, match => PartitionFunction.PartitionOf(match.IdentityId, 4) == 3);
        Assert.Equal((4, 4, 12), (complete.Asked, complete.Answered, complete.Matches.Count));
    }

    [Fact]
    public void Merge_SilosAnswers_CountsEachPartitionOnceAndOrdersMatches()
    {
        SearchMerge merge = new(3, top: 2);
        merge.Add(Answer([0], new Match("a", 0.2, 1)) with { ScanTime = TimeSpan.FromMilliseconds(3) });
        Assert.Equal([1, 2], merge.Wanted);
        merge.Add(Answer([2], new Match("c", 0.9, 1), new Match("b", 0.9, 1)) with
        {
            ScanTime = TimeSpan.FromMilliseconds(2),
        });

        SearchAnswer answer = merge.ToAnswer();

        Assert.Equal(["b", "c"], answer.Matches.Select(match => match.IdentityId));
        Assert.Equal((3, 2), (answer.Asked, answer.Answered));
        Assert.Equal(TimeSpan.FromMilliseconds(3), answer.SlowestScan);
        Assert.Equal(
            new ScanEvidence
            {
                RowsScanned = 3,
                RowsRescored = 3,
                ProjectedBounded = 200,
                ProjectedPassed = 20,
                QuantizedBounded = 20,
                QuantizedPassed = 10,
                FlatBounded = 6,
                FlatPassed = 3,
                LargestDropped = 0.15,
            },
            answer.Evidence);
    }

    [Fact]
    public void Merge_ScoresBeyondTheirRange_AreRankedAsComputedAndShownWithinIt()
    {
        SearchMerge merge = new(1, top: 3);
        SiloScanAnswer answer = Answer(
            [0],
            new Match { IdentityId = "a", Score = 1.0000000041, Count = 1 },
            new Match { IdentityId = "b", Score = 1.0000000081, Count = 1 },
            new Match { IdentityId = "c", Score = -1.0000000081, Count = 1 });
        merge.Add(answer with { Evidence = answer.Evidence with { LargestDropped = 1.0000001 } });

        SearchAnswer shown = merge.ToAnswer();

        Assert.Equal([("b", 1.0), ("a", 1.0), ("c", -1.0)], shown.Matches.Select(m => (m.IdentityId, m.Score)));
        Assert.Equal((-1.0, 1.0), (MatchOrder.KthScore(shown.Matches, 3), shown.Evidence.LargestDropped));
    }

    [Fact]
    public async Task Scan_PartitionsLostBefore_AreNotFoundHere()
    {
        GalleryRecord gallery = Owner.CreateGallery(DatabaseFile);
        using Owner owner = new(DatabaseFile);
        await owner.ActivateAsync(gallery);
        LocalPartitions partitions = new();
        partitions.Add(owner.Partition, owner.Partition.PlaceOn(FixedMembership.Address(1)));
        Assert.Same(owner.Partition, partitions.Find(owner.Partition.Key));

        owner.Partition.GiveUp("Lost.");

        Assert.Null(partitions.Find(owner.Partition.Key));
    }

    public void Dispose() => _folder.Dispose();

    private static SiloScanAnswer Answer(int[] answered, params Match[] matches) => new()
    {
        Answered = answered,
        Sequences = [.. answered.Select(_ => 1L)],
        Held = answered,
        Elsewhere = [],
        Matches = matches,
        Evidence = new ScanEvidence
        {
            RowsScanned = matches.Length,
            RowsRescored = matches.Length,
            ProjectedBounded = 100,
            ProjectedPassed = 10,
            QuantizedBounded = 10,
            QuantizedPassed = 5,
            FlatBounded = 3,
            FlatPassed = matches.Length,
            LargestDropped = answered[0] == 0 ? 0.1 : 0.15,
        },
    };
}

using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>A gallery large enough for a basis, from its first row to the restart.</summary>
public sealed class CodedGalleryTests : IDisposable
{
    private const int Dimension = 128;
    private const int Rows = 4200;

    private readonly TemporaryFolder _folder = new();
    private readonly LowRank _vectors = new(Dimension, rank: 12, seed: 5);
    private readonly BruteForce _truth = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_BeforeWhileAndAfterRowsAreCoded_EqualsBruteForceAndABasisIsLearnedOnce()
    {
        Gallery gallery;
        await using (GalleryCluster cluster = await StartAsync())
        {
            gallery = await cluster.CreateAsync("people", Dimension, partitions: 8);
            await EnrolAsync(cluster, gallery);
            ScanEvidence before = await CheckAsync(cluster, gallery, 0);
            Assert.Equal((0, 0), (before.ProjectedBounded, before.QuantizedBounded));
            Assert.True(before.FlatBounded > 0);

            Task round = Task.Run(() => cluster.Coder.RunRound(Token), Token);
            int query = 1;
            do
            {
                await CheckAsync(cluster, gallery, query++);
            }
            while (!round.IsCompleted);
            await round;

            AssertProjected(await CheckAsync(cluster, gallery, query));
            cluster.Coder.RunRound(Token);
            Assert.Equal(1, await cluster.Store.ReadSearchBasisVersionAsync(gallery.Number, Token));
            await UpdateAsync(cluster, gallery);
        }

        await using GalleryCluster again = await StartAsync();
        Assert.True((await CheckAsync(again, gallery, 100)).FlatBounded > 0);
        again.Coder.RunRound(Token);
        AssertProjected(await CheckAsync(again, gallery, 101));
        Assert.Equal(1, await again.Store.ReadSearchBasisVersionAsync(gallery.Number, Token));
    }

    [Fact]
    public async Task Prefetch_TheGalleryHasABasis_RowsAreCodedAsTheyComeIn()
    {
        await using (GalleryCluster cluster = await StartAsync())
        {
            await EnrolAsync(cluster, await cluster.CreateAsync("people", Dimension, partitions: 8));
            cluster.Coder.RunRound(Token);
        }

        using Owner owner = new(_folder.File("gallery.db"));
        GalleryRecord gallery = (await owner.Store.FindGalleryAsync("people", Token))!;
        Assert.True(await owner.PrefetchAsync(gallery, partition: 3));
        await owner.ActivateAsync(gallery, partition: 3);

        FacetedTable rows = owner.Partition.Rows;
        Assert.Equal(rows.Count, rows.MeasureResidual().Rows);
        Assert.InRange(rows.Count, 1, Rows - 1);
        Assert.False(rows.CodeNext());
    }

    [Fact]
    public async Task Coder_PartitionsAreLoaded_StartsARoundByItself()
    {
        string file = _folder.File("gallery.db");
        Gallery gallery;
        await using (GalleryCluster before = await StartAsync())
        {
            gallery = await before.CreateAsync("people", Dimension, partitions: 2);
            await Task.WhenAll(Enumerable.Range(0, 200).Select(
                i => before.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(_vectors[i]))));
        }

        TaskCompletionSource learned = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(
            () => new FaultyStore(new SqliteGalleryStore(file)) { BeforePutBasis = () => learned.TrySetResult() },
            silo => silo.Configure<CoderOptions>(options =>
            {
                options.MinRows = 64;
                options.Pause = TimeSpan.FromDays(1);
            }));

        Assert.Equal(2, (await cluster.SearchAsync(gallery, _vectors[1])).Answered);

        await learned.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertProjected(ScanEvidence evidence)
    {
        Assert.True(evidence.ProjectedBounded >= Rows, $"{evidence}");
        Assert.True(evidence.ProjectedPassed < evidence.ProjectedBounded / 2, $"{evidence}");
        Assert.True(evidence.QuantizedPassed <= evidence.QuantizedBounded, $"{evidence}");
        Assert.Equal(0, evidence.FlatBounded);
        Assert.NotNull(evidence.LargestDropped);
    }

    private Task<GalleryCluster> StartAsync() => GalleryCluster.StartWithoutCoderAsync(_folder.File("gallery.db"));

    private async Task EnrolAsync(GalleryCluster cluster, Gallery gallery)
    {
        foreach (int[] some in Enumerable.Range(0, Rows).Chunk(600))
        {
            await Task.WhenAll(some.Select(
                i => cluster.Identity(gallery, $"p{i}").EnrolAsync(Images.Of(_vectors[i]))));
        }

        for (int i = 0; i < Rows; i++)
        {
            _truth.Put($"p{i}", _vectors[i]);
        }
    }

    // A new identity, a changed one and a deleted one, all near what is searched for.
    private async Task UpdateAsync(GalleryCluster cluster, Gallery gallery)
    {
        float[] wanted = _vectors[Rows + 1];
        await cluster.Identity(gallery, "new").EnrolAsync(Images.Of(wanted));
        _truth.Put("new", wanted);
        Assert.Equal("new", (await cluster.SearchAsync(gallery, wanted, top: 1)).Matches[0].IdentityId);

        IIdentityGrain changed = cluster.Identity(gallery, "p7");
        string old = Images.Of(_vectors[7]).ImageId;
        await changed.EnrolAsync(Images.Of([.. wanted.Select(x => x * 1.01f)]));
        await changed.RemoveImageAsync(old);
        _truth.Put("p7", [.. wanted.Select(x => x * 1.01f)]);
        await cluster.Identity(gallery, "new").DeleteAsync();
        _truth.Remove("new");

        AssertProjected(await CheckAsync(cluster, gallery, Rows + 1));
        Assert.Equal("p7", (await cluster.SearchAsync(gallery, wanted, top: 1)).Matches[0].IdentityId);
    }

    private async Task<ScanEvidence> CheckAsync(GalleryCluster cluster, Gallery gallery, int query)
    {
        (string Id, double Score)[] expected =
            [.. _truth.Search(_vectors[query], 10).Select(match => (match.Id, ShownRange.Score(match.Score)))];

        SearchAnswer answer = await cluster.SearchAsync(gallery, _vectors[query], deadline: TimeSpan.FromMinutes(1));

        Assert.Equal(expected, answer.Matches.Select(match => (match.IdentityId, match.Score)));
        Assert.Equal((8, 8), (answer.Asked, answer.Answered));
        Assert.Equal(expected[^1].Score, MatchOrder.KthScore(answer.Matches, 10));
        Assert.True(answer.Evidence.LargestDropped is not { } dropped || dropped < expected[^1].Score);
        return answer.Evidence;
    }
}

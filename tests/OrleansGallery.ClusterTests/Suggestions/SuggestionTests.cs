using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Merge suggestions are those of all pairs, scored one by one; so they are when only what changed since is
/// searched for.</summary>
public sealed class SuggestionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, 0.8)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.2)]
    public async Task Refresh_RandomGallery_EqualsAllPairsAndThenOnlySearchesForWhatChanged(int seed, double minScore)
    {
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(2, Open);
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        await FillAsync(people, seed);

        SuggestionRun full = await people.RefreshAsync(minScore);

        Assert.Equal((60, 60), (full.Searched, full.Total));
        await people.AssertAsync(minScore, SuggestionOrder.DefaultPairs);
        await ChangeAsync(people, seed);
        Assert.True((await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).IsStale);

        SuggestionRun incremental = await people.RefreshAsync(minScore);

        await people.AssertAsync(minScore, SuggestionOrder.DefaultPairs);
        // The changed, the new one, the merge's target, the one with an attribute.
        Assert.Equal(5, incremental.Searched);
        Assert.False((await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).IsStale);
        IReadOnlyList<MergeSuggestion> before = await people.ListAsync();
        Assert.All(before, pair => Assert.False(pair.IsChanged));
        Assert.Equal(58, (await people.RefreshAsync(minScore, isFull: true)).Searched);
        Assert.Equal(
            before.Select(pair => (pair.One.IdentityId, pair.Other.IdentityId)),
            (await people.ListAsync()).Select(pair => (pair.One.IdentityId, pair.Other.IdentityId)));
    }

    [Fact]
    public async Task Refresh_MorePairsThanAreKept_KeepsTheFirstOfAllAndSaysWhereItEnds()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        await FillAsync(people, 4);
        await people.RefreshAsync(-1, pairs: 40);
        await people.AssertAsync(-1, 40);
        PairScore last = (await people.ScoreAllAsync())[39];
        Assert.Equal(last.Score, (await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).CutAt);

        // A pair that is better than all is new, and some that were kept are gone.
        string gone = (await people.ListAsync())[0].One.IdentityId;
        await people.Identity(gone).DeleteAsync();
        await people.EnrolAsync("new-1", SyntheticVectors.Embedding(900, 0, SuggestedGallery.Dimension));
        await people.EnrolAsync("new-2", SyntheticVectors.Embedding(900, 0, SuggestedGallery.Dimension));
        Assert.Equal(2, (await people.RefreshAsync(-1, pairs: 40)).Searched);
        int kept = (await people.ListAsync()).Count;
        Assert.InRange(kept, 20, 40);
        await people.AssertAsync(-1, kept);

        // Too few are left of them: what was left out is searched for.
        foreach (string id in (await people.ListAsync()).Take(kept - 15).Select(pair => pair.One.IdentityId).Distinct())
        {
            await people.Identity(id).DeleteAsync();
        }

        SuggestionRun again = await people.RefreshAsync(-1, pairs: 40);
        Assert.InRange(again.Searched, 30, 61);
        await people.AssertAsync(-1, 40);
    }

    [Fact]
    public async Task Refresh_ManyAlike_TiesAreRankedById()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.9);
        float[] same = SyntheticVectors.Embedding(1, 0, SuggestedGallery.Dimension);
        // More of one identity than a first search answers.
        await Task.WhenAll(Enumerable.Range(0, 45).Select(i => people.EnrolAsync($"p{i}", same)));

        await people.RefreshAsync(pairs: 900);

        await people.AssertAsync(0.9, 900);
        Assert.Equal(900, (await people.ListAsync()).Count);
        Assert.Equal(0.9, (await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).MinScore);
    }

    [Fact]
    public async Task List_IdentityMergedOrChangedMeanwhile_ShowsItAsItIs()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        float[] vector = SyntheticVectors.Embedding(1, 0, SuggestedGallery.Dimension);
        foreach (string id in new[] { "a", "b", "c", "d" })
        {
            await people.EnrolAsync(id, SyntheticVectors.Embedding(1, id[0], SuggestedGallery.Dimension, 0.05), id);
        }

        await people.RefreshAsync(0.9);
        Assert.Equal(6, (await people.ListAsync()).Count);
        await people.Identity("a").TransferAsync(new TransferRequest { OperationId = "m1", TargetId = "b" });
        await people.EnrolAsync("c", [.. vector.Select(component => -2 * component)], "2");

        IReadOnlyList<MergeSuggestion> now = await people.ListAsync();

        // Those of a are gone with it, those of c too far by now, and b has another centroid.
        MergeSuggestion left = Assert.Single(now);
        Assert.Equal(("b", "d", true, 2L), (
            left.One.IdentityId, left.Other.IdentityId, left.IsChanged, left.One.Count));
        Assert.Equal(
            (await people.ScoreAllAsync()).Single(pair => pair.Pair == new IdentityPair("b", "d")).Score, left.Score);
        await people.RefreshAsync(0.9);
        await people.AssertAsync(0.9, 500);
    }

    [Fact]
    public async Task Refresh_AfterARestart_GoesOnWhereItWas()
    {
        await using (GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db")))
        {
            SuggestedGallery before = await SuggestedGallery.MakeAsync(cluster);
            await FillAsync(before, 5);
            await before.RefreshAsync(0.6);
        }

        await using GalleryCluster again = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        SuggestedGallery people = new(again, await again.Gallery("people").GetAsync());
        await people.AssertAsync(0.6, 500);
        Assert.Null((await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).Run);
        await people.EnrolAsync("late", SyntheticVectors.Embedding(3, 50, SuggestedGallery.Dimension));

        Assert.Equal(1, (await people.RefreshAsync(0.6)).Searched);

        await people.AssertAsync(0.6, 500);
    }

    [Fact]
    public async Task List_PairsWithFacets_SaysWhatHelpsToDecide()
    {
        await using GalleryCluster cluster = await GalleryCluster.StartAsync(_folder.File("gallery.db"));
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        for (int i = 0; i < 5; i++)
        {
            float[] vector = SyntheticVectors.Embedding(1, i, SuggestedGallery.Dimension);
            await people.EnrolAsync(i < 3 ? "a" : "b", vector, $"{i}", i is 1 or 3 ? "shared" : i == 0 ? "" : $"f{i}");
        }

        await people.RefreshAsync(0);

        MergeSuggestion pair = Assert.Single(await people.ListAsync());
        Assert.Equal(["shared"], pair.SharedFacets);
        Assert.Equal((3L, 2L), (pair.One.Count, pair.Other.Count));
        double expected = pair.MergedDispersion!.Value;
        await people.Identity("a").TransferAsync(new TransferRequest { OperationId = "m1", TargetId = "b" });
        IdentitySnapshot merged = await people.Identity("b").GetAsync(withDispersion: true);
        Assert.Equal(merged.Dispersion!.Value, expected, 1e-6);
        Assert.InRange(pair.One.Dispersion!.Value, 0.001, 0.5);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Sixty identities: some near each other, some the same, of one and of several images and facets.
    /// </summary>
    internal static Task FillAsync(SuggestedGallery people, int seed) => Task.WhenAll(
        Enumerable.Range(0, 60).Select(async i =>
        {
            // Every third is like another one; of those some are the same to the last bit.
            int like = (1000 * seed) + (i % 3 == 0 ? i / 6 : i);
            await people.EnrolAsync($"p{i}", SyntheticVectors.Embedding(like, i % 9 == 0 ? 0 : i, 16), $"{i}a", "f1");
            if (i % 4 == 0)
            {
                await people.EnrolAsync($"p{i}", SyntheticVectors.Embedding(like, 100 + i, 16), $"{i}b", "f2");
            }
        }));

    private IGalleryStore Open() => new SqliteGalleryStore(_folder.File("gallery.db"));

    private static async Task ChangeAsync(SuggestedGallery people, int seed)
    {
        await people.EnrolAsync("p1", SyntheticVectors.Embedding((1000 * seed) + 2, 7, 16), "9");
        await people.Identity("p4").RemoveImageAsync("4b");
        await people.EnrolAsync("new", SyntheticVectors.Embedding((1000 * seed) + 5, 3, 16));
        // It has no image any more.
        await people.Identity("p7").RemoveImageAsync("7a");
        await people.Identity("p8").TransferAsync(new TransferRequest { OperationId = "m1", TargetId = "p12" });
        await people.Identity("p10").SetAttributesAsync(new AttributesRequest
        {
            Changes = new Dictionary<string, string?> { ["colour"] = "red" },
        });
        // Its images cancel: it has no direction any more.
        float[] vector = SyntheticVectors.Embedding((1000 * seed) + 11, 11, 16);
        await people.EnrolAsync("p11", [.. vector.Select(component => -component)], "minus");
        await people.EnrolAsync("back", SyntheticVectors.Embedding(1, 1, 16));
        await people.Identity("back").DeleteAsync();
    }
}

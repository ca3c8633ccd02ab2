using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Merge suggestions on the other store.</summary>
[Trait("Category", "Store")]
public sealed class PostgresSuggestionTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Refresh_OnPostgres_EqualsAllPairsAndThenOnlySearchesForWhatChanged()
    {
        await ClusterDatabase.InitAsync(database.ConnectionString, TestContext.Current.CancellationToken);
        await using GalleryCluster cluster = await GalleryCluster.StartSeveralAsync(
            2, () => new PostgresGalleryStore(database.ConnectionString, new PostgresStoreOptions()));
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        await SuggestionTests.FillAsync(people, 6);

        Assert.Equal(60, (await people.RefreshAsync(0.5)).Searched);

        await people.AssertAsync(0.5, 500);
        await people.Identity("p2").DeleteAsync();
        await people.EnrolAsync("p6", SyntheticVectors.Embedding(6_003, 3, 16), "more");
        MergeSuggestion best = (await people.ListAsync())[0];
        await people.Grain.DismissAsync(best.One.IdentityId, best.Other.IdentityId, isDismissed: true);
        Assert.Equal(1, (await people.RefreshAsync(0.5)).Searched);
        await people.AssertAsync(0.5, 500, new IdentityPair(best.One.IdentityId, best.Other.IdentityId));
    }
}

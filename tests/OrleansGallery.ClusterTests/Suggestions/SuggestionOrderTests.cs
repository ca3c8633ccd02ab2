using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>What may be asked of merge suggestions, while a search is under way, too; and what was put aside.</summary>
public sealed class SuggestionOrderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Dismiss_APair_ItDoesNotComeBackUntilItIsRestored()
    {
        IdentityPair first;
        await using (GalleryCluster cluster = await StartAsync())
        {
            SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
            await SuggestionTests.FillAsync(people, 1);
            await people.RefreshAsync();
            MergeSuggestion best = (await people.ListAsync())[0];
            first = new(best.One.IdentityId, best.Other.IdentityId);

            await people.Grain.DismissAsync(first.Second, first.First, isDismissed: true);
            await people.Grain.DismissAsync(first.First, first.Second, isDismissed: true);

            await people.AssertAsync(0.5, 500, first);
            await people.RefreshAsync(isFull: true);
            await people.AssertAsync(0.5, 500, first);
        }

        await using GalleryCluster again = await StartAsync();
        SuggestedGallery same = new(again, await again.Gallery("people").GetAsync());
        await same.AssertAsync(0.5, 500, first);
        await same.EnrolAsync(first.First, SyntheticVectors.Embedding(77, 0, SuggestedGallery.Dimension, 0.01), "more");
        await same.RefreshAsync();
        await same.AssertAsync(0.5, 500, first);
        MergeSuggestion aside = Assert.Single(await same.ListAsync(isDismissed: true));
        Assert.Equal((first.First, first.Second), (aside.One.IdentityId, aside.Other.IdentityId));
        Assert.Equal(1, (await same.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).Dismissed);

        await same.Grain.DismissAsync(first.Second, first.First, isDismissed: false);

        await same.AssertAsync(0.5, 500);
        Assert.Empty(await same.ListAsync(isDismissed: true));
        await same.Grain.DismissAsync(first.Second, first.First, isDismissed: false);
        await same.AssertAsync(0.5, 500);
    }

    [Fact]
    public async Task Refresh_OneIsUnderWay_IsJoinedOrRefusedOrCancelled()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
        await SuggestionTests.FillAsync(people, 2);
        using HeldScans held = HeldScans.Of(cluster);
        SuggestionRun first = await people.Grain.RefreshAsync(new SuggestionOrder());
        held.Entered.Wait(TestContext.Current.CancellationToken);

        Assert.Equal(first.Id, (await people.Grain.RefreshAsync(new SuggestionOrder())).Id);
        Assert.Equal(first.Id, (await people.Grain.RefreshAsync(new SuggestionOrder { MinScore = 0.5 })).Id);
        await Assert.ThrowsAsync<OperationConflictException>(
            () => people.Grain.RefreshAsync(new SuggestionOrder { MinScore = 0.4 }));
        await Assert.ThrowsAsync<OperationConflictException>(
            () => people.Grain.RefreshAsync(new SuggestionOrder { Pairs = 3 }));
        SuggestionRun half = await people.RunAsync();
        Assert.Equal((SuggestionRunState.Running, 0L, 60L), (half.State, half.Searched, half.Total));
        held.Release();
        await Eventually.UntilAsync(async () => (await people.RunAsync()).State == SuggestionRunState.Done);
        await people.AssertAsync(0.5, 500);

        // One that is cancelled leaves what was known.
        using HeldScans again = HeldScans.Of(cluster);
        await people.Grain.RefreshAsync(new SuggestionOrder { MinScore = 0 });
        SuggestionRun? cancelled = await people.Grain.CancelAsync();
        again.Release();
        Assert.NotNull(cancelled);
        await Eventually.UntilAsync(async () => (await people.RunAsync()).State == SuggestionRunState.Cancelled);
        Assert.Null(await people.Grain.CancelAsync());
        await people.AssertAsync(0.5, 500);
    }

    [Fact]
    public async Task Refresh_FullWhileOnlyWhatChangedIsSearchedFor_IsRefused()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
        await SuggestionTests.FillAsync(people, 2);
        await people.RefreshAsync();
        await people.EnrolAsync("late", SyntheticVectors.Embedding(3, 50, SuggestedGallery.Dimension));
        using HeldScans held = HeldScans.Of(cluster);
        await people.Grain.RefreshAsync(new SuggestionOrder());
        held.Entered.Wait(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<OperationConflictException>(
            () => people.Grain.RefreshAsync(new SuggestionOrder { IsFull = true }));

        held.Release();
        await Eventually.UntilAsync(async () => (await people.RunAsync()).State == SuggestionRunState.Done);
        Assert.Equal(61, (await people.RefreshAsync(isFull: true)).Searched);
    }

    [Fact]
    public async Task Dismiss_WhileASearchIsUnderWay_PairsTakenBackAreSuggestedAndThosePutAsideAreNot()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
        await SuggestionTests.FillAsync(people, 2);
        await people.RefreshAsync();
        MergeSuggestion[] best = [.. (await people.ListAsync()).Take(2)];
        await people.Grain.DismissAsync(best[0].One.IdentityId, best[0].Other.IdentityId, isDismissed: true);
        using HeldScans held = HeldScans.Of(cluster);
        await people.Grain.RefreshAsync(new SuggestionOrder { IsFull = true });
        held.Entered.Wait(TestContext.Current.CancellationToken);

        await people.Grain.DismissAsync(best[0].One.IdentityId, best[0].Other.IdentityId, isDismissed: false);
        await people.Grain.DismissAsync(best[1].One.IdentityId, best[1].Other.IdentityId, isDismissed: true);
        held.Release();
        await Eventually.UntilAsync(async () => (await people.RunAsync()).State == SuggestionRunState.Done);

        await people.AssertAsync(0.5, 500, new IdentityPair(best[1].One.IdentityId, best[1].Other.IdentityId));
    }

    [Fact]
    public async Task Dismissed_IdentityThatIsGone_IsShownAsThatAndTakenBack()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
        foreach (string id in new[] { "a", "b" })
        {
            await people.EnrolAsync(id, SyntheticVectors.Embedding(1, id[0], SuggestedGallery.Dimension, 0.05), id);
        }

        await people.RefreshAsync();
        await people.Grain.DismissAsync("a", "b", isDismissed: true);
        await people.Identity("b").DeleteAsync();

        MergeSuggestion aside = Assert.Single(await people.ListAsync(isDismissed: true));
        Assert.Equal((1L, 0L, null), (aside.One.Count, aside.Other.Count, aside.Score));
        await people.Grain.DismissAsync("a", "b", isDismissed: false);

        Assert.Empty(await people.ListAsync(isDismissed: true));
        Assert.Equal(0, (await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).Dismissed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_IdentityOfPairs_ItsIdIsNotInTheSettingsAnyMore(bool isDuringASearch)
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        foreach (string id in new[] { "anna", "bob", "carla", "dora" })
        {
            await people.EnrolAsync(id, SyntheticVectors.Embedding(1, id[0], SuggestedGallery.Dimension, 0.05), id);
        }

        // The last rank that is kept is of one that goes.
        await people.RefreshAsync(0.5, pairs: 2);
        string last = (await people.ListAsync())[1].One.IdentityId;
        string other = last == "anna" ? "bob" : "anna";
        await people.Grain.DismissAsync(last, other, isDismissed: true);
        Assert.Contains($"\"{last}\"", await ReadSettingsAsync(cluster, people), StringComparison.Ordinal);
        using HeldScans held = HeldScans.Of(cluster);
        if (isDuringASearch)
        {
            await people.Grain.RefreshAsync(new SuggestionOrder { MinScore = 0.5, Pairs = 2, IsFull = true });
            held.Entered.Wait(TestContext.Current.CancellationToken);
        }

        await people.Identity(last).EraseAsync(new EraseRequest { OperationId = "e1" });
        held.Release();
        await Eventually.UntilAsync(async () => (await people.RunAsync()).State == SuggestionRunState.Done);

        Assert.DoesNotContain($"\"{last}\"", await ReadSettingsAsync(cluster, people), StringComparison.Ordinal);
        await people.RefreshAsync(0.5, pairs: 2, isFull: true);
        await people.AssertAsync(0.5, 2);
    }

    [Fact]
    public async Task Refresh_TheOnlyPairThatIsKeptIsGone_FindsTheNextOne()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
        await SuggestionTests.FillAsync(people, 2);
        await people.RefreshAsync(pairs: 1);
        MergeSuggestion best = Assert.Single(await people.ListAsync());
        await people.Grain.DismissAsync(best.One.IdentityId, best.Other.IdentityId, isDismissed: true);

        await people.RefreshAsync(pairs: 1);

        await people.AssertAsync(0.5, 1, new IdentityPair(best.One.IdentityId, best.Other.IdentityId));
    }

    [Theory]
    [InlineData(double.NaN, null)]
    [InlineData(1.01, null)]
    [InlineData(-1.01, null)]
    [InlineData(double.PositiveInfinity, null)]
    [InlineData(null, 0)]
    [InlineData(null, -1)]
    [InlineData(null, 901)]
    public async Task Refresh_AnOrderThatIsNone_IsRefused(double? minScore, int? pairs)
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);

        await Assert.ThrowsAsync<InvalidRequestException>(
            () => people.Grain.RefreshAsync(new SuggestionOrder { MinScore = minScore, Pairs = pairs }));
        Assert.Null((await people.Grain.ListAsync(new SuggestionQuery { Limit = 1 })).Run);
    }

    [Fact]
    public async Task Ask_ForWhatIsNotThere_IsRefused()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster);
        await people.EnrolAsync("a", SyntheticVectors.Embedding(1, 0, SuggestedGallery.Dimension));
        Assert.Empty(await people.ListAsync());
        SuggestionRun alone = await people.RefreshAsync(0.4);
        Assert.Equal(1, alone.Searched);
        Assert.Empty(await people.ListAsync());

        await Assert.ThrowsAsync<InvalidRequestException>(() => people.ListAsync(minScore: 0.3));
        await Assert.ThrowsAsync<InvalidRequestException>(() => people.ListAsync(minScore: double.NaN));
        await Assert.ThrowsAsync<InvalidRequestException>(() => people.Grain.DismissAsync("a", "a", true));
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => people.Grain.DismissAsync("a", "b", true));
        await Assert.ThrowsAsync<InvalidIdException>(() => people.Grain.DismissAsync("a", "", true));
        ISuggestionsGrain none = cluster.Grains.SuggestionsGrain("nobody");
        await Assert.ThrowsAsync<GalleryNotFoundException>(() => none.RefreshAsync(new SuggestionOrder()));
        await Assert.ThrowsAsync<GalleryNotFoundException>(() => none.ListAsync(new SuggestionQuery { Limit = 1 }));
        await Assert.ThrowsAsync<GalleryNotFoundException>(() => none.DismissAsync("a", "b", true));
        await Assert.ThrowsAsync<GalleryNotFoundException>(() => none.CancelAsync());
    }

    [Fact]
    public async Task List_GalleryOfTheSameNameIsNew_KnowsNothingOfTheOldOne()
    {
        await using GalleryCluster cluster = await StartAsync();
        SuggestedGallery old = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);
        await SuggestionTests.FillAsync(old, 1);
        await old.RefreshAsync();
        await cluster.Gallery("people").DeleteAsync();
        SuggestedGallery people = await SuggestedGallery.MakeAsync(cluster, threshold: 0.5);

        SuggestionPage page = await people.Grain.ListAsync(new SuggestionQuery { Limit = 10 });

        Assert.Equal((0, null, null), (page.Suggestions.Count, page.RefreshedAt, page.Run));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> ReadSettingsAsync(GalleryCluster cluster, SuggestedGallery people) =>
        (await cluster.Silos[0].ServiceProvider.GetRequiredService<IGalleryStore>().FindGalleryAsync(
            people.Gallery.Number, TestContext.Current.CancellationToken))!.Settings;

    private Task<GalleryCluster> StartAsync() => GalleryCluster.StartAsync(_folder.File("gallery.db"));
}

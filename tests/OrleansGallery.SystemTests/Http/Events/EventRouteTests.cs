using System.Globalization;
using OrleansGallery.Contracts;
using OrleansGallery.Storage;

namespace OrleansGallery.SystemTests.Http;

public sealed class EventRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_AnIdentityComesGrowsAndGoes_EachIsToldInOrder()
    {
        string gallery = await service.CreateGalleryAsync();
        using EventTap tap = await EventTap.OpenAsync(service.Http, gallery);

        await EnrolAsync(gallery, "anna", 1);
        GalleryEvent founded = await tap.NextAsync();
        await EnrolAsync(gallery, "anna", 2);
        GalleryEvent grown = await tap.NextAsync();
        await service.Client.DeleteIdentityAsync(gallery, "anna", cancellationToken: Cancelled);
        GalleryEvent gone = await tap.NextAsync();

        Assert.Equal((GalleryEventKind.Founded, "anna", 1), (founded.Kind, founded.Identity, founded.Count));
        Assert.Equal((GalleryEventKind.Changed, "anna", 2), (grown.Kind, grown.Identity, grown.Count));
        Assert.Equal((GalleryEventKind.Removed, null, 0), (gone.Kind, gone.Identity, gone.Count));
        Assert.True(founded.Version < grown.Version && grown.Version < gone.Version);
        Assert.Equal(DigestOf("anna"), founded.Digest);
        Assert.Equal(founded.Digest, gone.Digest);
    }

    [Fact]
    public async Task Watch_ManyChanges_VersionsOfAnIdentityGrowAndItsLastStateIsTold()
    {
        string gallery = await service.CreateGalleryAsync();
        using EventTap tap = await EventTap.OpenAsync(service.Http, gallery);
        Task writing = Parallel.ForAsync(0, 400, Cancelled, async (i, _) => await EnrolAsync(gallery, $"p{i % 20}", i));
        Dictionary<string, GalleryEvent> last = [];
        int events = 0;
        while (last.Count < 20 || last.Values.Any(one => one.Count < 20))
        {
            GalleryEvent next = await tap.NextAsync();
            events++;
            if (last.TryGetValue(next.Identity!, out GalleryEvent? before))
            {
                Assert.True(next.Version > before.Version, $"{before} before {next}");
                Assert.Equal(GalleryEventKind.Changed, next.Kind);
            }

            last[next.Identity!] = next;
        }

        await writing;
        Assert.InRange(events, 20, 400);
        using EventTap all = await EventTap.OpenAsync(service.Http, gallery, "?cursor=start");
        IReadOnlyList<GalleryEvent> there = await all.NextAsync(20);
        Assert.Equal(last.Keys.Order(), there.Select(one => one.Identity!).Order());
        Assert.All(there, one => Assert.Equal((GalleryEventKind.Founded, 20), (one.Kind, one.Count)));
    }

    [Fact]
    public async Task Watch_MergeAndErasure_TellBothSidesAndNoNameOfWhatIsGone()
    {
        string gallery = await service.CreateGalleryAsync();
        await EnrolAsync(gallery, "anna", 1);
        await EnrolAsync(gallery, "ana", 2);
        using EventTap tap = await EventTap.OpenAsync(service.Http, gallery);
        await service.Client.MergeIdentityAsync(gallery, "ana", "anna", cancellationToken: Cancelled);
        IReadOnlyList<GalleryEvent> merged = await tap.NextAsync(2);
        await service.Client.EraseIdentityAsync(gallery, "anna", cancellationToken: Cancelled);
        GalleryEvent erased = await tap.NextAsync();

        GalleryEvent into = merged.Single(one => one.Kind == GalleryEventKind.Changed);
        Assert.Equal(("anna", 2), (into.Identity, into.Count));
        GalleryEvent from = merged.Single(one => one.Kind == GalleryEventKind.Removed);
        Assert.Equal((null, DigestOf("ana")), (from.Identity, from.Digest));
        Assert.Equal(
            (GalleryEventKind.Removed, null, DigestOf("anna")), (erased.Kind, erased.Identity, erased.Digest));
    }

    [Fact]
    public async Task Watch_OneIdentity_APrefix_OrNewOnes_TellsThoseOnly()
    {
        string gallery = await service.CreateGalleryAsync();
        await EnrolAsync(gallery, "anna", 1);
        using EventTap one = await EventTap.OpenAsync(service.Http, gallery, "?identity=anna");
        using EventTap prefix = await EventTap.OpenAsync(service.Http, gallery, "?prefix=b");
        using EventTap founded = await EventTap.OpenAsync(service.Http, gallery, "?founded=true");
        await EnrolAsync(gallery, "carl", 1);
        await EnrolAsync(gallery, "bob", 1);
        await EnrolAsync(gallery, "anna", 2);
        Assert.Equal(GalleryEventKind.Changed, Assert.Single(await one.NextAsync(1)).Kind);
        await EnrolAsync(gallery, "bea", 1);
        await service.Client.DeleteIdentityAsync(gallery, "carl", cancellationToken: Cancelled);
        await service.Client.DeleteIdentityAsync(gallery, "anna", cancellationToken: Cancelled);

        Assert.Equal(
            [GalleryEventKind.Removed],
            await KindsUntilAsync(one, next => next.Kind == GalleryEventKind.Removed));
        Assert.Equal(["bea", "bob"], (await prefix.NextAsync(2)).Select(next => next.Identity).Order());
        Assert.DoesNotContain("anna", (await founded.NextAsync(2)).Select(next => next.Identity));
    }

    [Fact]
    public async Task Watch_AStandingSearch_TellsWhatIsNearWithTheScoreOfASearch()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.Client.EnrolAsync(gallery, "near", new() { Vector = [0, 0, 0, 1] }, Cancelled);
        IAsyncEnumerator<GalleryEvent> events = service.Client.WatchAsync(
            gallery,
            new WatchRequest
            {
                Cursor = WatchRequest.Start, Query = new SearchRequest { Vector = [2, 0, 0, 0] }, MinScore = 0.6,
            },
            Cancelled).GetAsyncEnumerator(Cancelled);
        await service.Client.EnrolAsync(gallery, "far", new() { Vector = [0, 1, 0, 0] }, Cancelled);
        await service.Client.EnrolAsync(gallery, "near", new() { Vector = [1, 0.1f, 0, 0] }, Cancelled);

        Assert.True(await events.MoveNextAsync());
        GalleryEvent found = events.Current;
        SearchMatch match = (await service.Client.SearchAsync(
            gallery, new SearchRequest { Vector = [2, 0, 0, 0], Top = 1 }, Cancelled)).Matches[0];

        Assert.Equal(("near", 2), (found.Identity, found.Count));
        Assert.Equal((match.Identity, match.Score), (found.Identity, found.Score));
        Assert.InRange(found.Score!.Value, 0.6, 0.8);
        await events.DisposeAsync();
    }

    [Fact]
    public async Task Watch_ByAttributes_TellsThoseThatHaveThem()
    {
        string gallery = await service.CreateGalleryAsync();
        await EnrolAsync(gallery, "anna", 1);
        await EnrolAsync(gallery, "bob", 1);
        await service.Client.ChangeAttributesAsync(
            gallery, "bob", new Dictionary<string, string?> { ["colour"] = "red" }, cancellationToken: Cancelled);
        SearchFilter red = new()
        {
            Attributes = new Dictionary<string, IReadOnlyList<string>> { ["colour"] = ["red"] },
        };
        await foreach (GalleryEvent one in service.Client.WatchAsync(
            gallery, new WatchRequest { Cursor = WatchRequest.Start, Filter = red }, Cancelled))
        {
            Assert.Equal("bob", one.Identity);
            break;
        }
    }

    [Theory]
    [InlineData("""{"query":{"vector":[1,0,0,0]}}""", "minScore is missing")]
    [InlineData("""{"query":{"vector":[1,0,0,0]},"minScore":2}""", "minScore is 2")]
    [InlineData("""{"minScore":0.5}""", "without a query")]
    [InlineData("""{"query":{"vector":[1,0,0,0],"top":3},"minScore":0.5}""", "nothing else is possible")]
    [InlineData("""{"cursor":"nonsense!"}""", "is no position")]
    [InlineData("""{"cursor":"AQ"}""", "cut off")]
    [InlineData("""{"colour":"red"}""", "no such field")]
    public async Task Watch_WrongRequest_IsRefused(string body, string words)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/events", body);
        Problem problem = await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
        Assert.Contains(words, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_GalleryIsDeleted_TheStreamSaysSoAndEnds()
    {
        string gallery = await service.CreateGalleryAsync();
        using EventTap tap = await EventTap.OpenAsync(service.Http, gallery);
        await service.Client.DeleteGalleryAsync(gallery, Cancelled);

        GalleryEvent end = await tap.NextAsync();

        Assert.Equal((GalleryEventKind.End, ErrorCodes.GalleryNotFound), (end.Kind, end.Error?.Code));
        Assert.False(end.Error!.Retryable);
        Assert.Null(await tap.TryNextAsync());
        using HttpResponseMessage response = await EventTap.AskAsync(service.Http, gallery);
        await RunningService.ProblemAsync(response, 404, ErrorCodes.GalleryNotFound);
    }

    internal static string DigestOf(string identity) =>
        StoredRemoval.DigestOf(identity).ToString("x32", CultureInfo.InvariantCulture);

    private static async Task<List<GalleryEventKind>> KindsUntilAsync(EventTap tap, Func<GalleryEvent, bool> isLast)
    {
        List<GalleryEventKind> kinds = [];
        GalleryEvent next;
        do
        {
            next = await tap.NextAsync();
            kinds.Add(next.Kind);
        }
        while (!isLast(next));
        return kinds;
    }

    private Task<EnrolImageResponse> EnrolAsync(string gallery, string identity, int image) =>
        service.Client.EnrolAsync(
            gallery, identity, new() { Vector = [1, image % 7, 0, 1], ImageId = $"{image}" }, Cancelled);
}

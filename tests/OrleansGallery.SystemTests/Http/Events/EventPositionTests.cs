using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Positions in a gallery's events: going on from one, near and far, and those that do not hold.</summary>
public sealed class EventPositionTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_ResumedAfterACut_TellsWhatHappenedMeanwhileAndNothingBefore()
    {
        string gallery = await service.CreateGalleryAsync();
        await EnrolAsync(gallery, "bob", 1);
        string position;
        using (EventTap tap = await EventTap.OpenAsync(service.Http, gallery))
        {
            await EnrolAsync(gallery, "anna", 1);
            Assert.Equal("anna", (await tap.NextAsync()).Identity);
            position = tap.Position;
        }

        await EnrolAsync(gallery, "anna", 2);
        await EnrolAsync(gallery, "anna", 3);
        await EnrolAsync(gallery, "carl", 1);
        await service.Client.DeleteIdentityAsync(gallery, "bob", cancellationToken: Cancelled);

        foreach ((string query, string? header, int more) in
            new[] { ("", position, 0), ($"?cursor={position}", null, 1) })
        {
            using EventTap resumed = await EventTap.OpenAsync(service.Http, gallery, query, header);
            IReadOnlyList<GalleryEvent> events = await resumed.NextAsync(3 + more);

            GalleryEvent anna = events.Single(one => one.Identity == "anna");
            Assert.Equal((GalleryEventKind.Changed, 3), (anna.Kind, anna.Count));
            Assert.Equal(GalleryEventKind.Founded, events.Single(one => one.Identity == "carl").Kind);
            Assert.Equal(
                EventRouteTests.DigestOf("bob"), events.Single(one => one.Kind == GalleryEventKind.Removed).Digest);
            await EnrolAsync(gallery, $"last {more}", 1);
            Assert.Equal($"last {more}", (await resumed.NextAsync()).Identity);
        }
    }

    [Fact]
    public async Task Watch_FromFarBehind_TellsTheLivingAndTheRemoved()
    {
        string gallery = await service.CreateGalleryAsync();
        await EnrolAsync(gallery, "bob", 1);
        string position;
        using (EventTap tap = await EventTap.OpenAsync(service.Http, gallery))
        {
            await EnrolAsync(gallery, "anna", 1);
            await tap.NextAsync();
            position = tap.Position;
        }

        // More than any partition remembers in order.
        const int Many = 6_000;
        await service.Client.DeleteIdentityAsync(gallery, "bob", cancellationToken: Cancelled);
        int stored = 0;
        await foreach (IngestAck ack in service.Client.IngestAsync(
            gallery,
            Enumerable.Range(0, Many).Select(i => new IngestItem { Identity = $"p{i}", Vector = [1, 2, i % 9, 3] })
                .ToAsyncEnumerable(),
            cancellationToken: Cancelled))
        {
            stored += ack.Status == EnrolStatus.Searchable ? 1 : 0;
        }

        Assert.Equal(Many, stored);
        using EventTap resumed = await EventTap.OpenAsync(service.Http, gallery, last: position);
        IReadOnlyList<GalleryEvent> events = await resumed.NextAsync(Many + 1);
        Assert.Equal(
            EventRouteTests.DigestOf("bob"),
            Assert.Single(events, one => one.Kind == GalleryEventKind.Removed).Digest);
        Assert.Equal(Many, events.Where(one => one.Kind == GalleryEventKind.Founded).Select(one => one.Identity)
            .Distinct().Count());
    }

    [Fact]
    public async Task Watch_NewOnesFromTheStart_TellsThoseThatChangedSinceTooOverManyAnswers()
    {
        const int Many = 1_000;
        string gallery = $"g{Guid.NewGuid():N}";
        await service.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Dimension = 4, Partitions = 1 }, Cancelled);
        for (int image = 0; image < 2; image++)
        {
            await foreach (IngestAck ack in service.Client.IngestAsync(
                gallery,
                Enumerable.Range(0, Many)
                    .Select(i => new IngestItem { Identity = $"p{i}", ImageId = $"{image}", Vector = [1, 2, image, 3] })
                    .ToAsyncEnumerable(),
                cancellationToken: Cancelled))
            {
                Assert.Equal(EnrolStatus.Searchable, ack.Status);
            }
        }

        using EventTap tap = await EventTap.OpenAsync(service.Http, gallery, "?cursor=start&founded=true");
        IReadOnlyList<GalleryEvent> events = await tap.NextAsync(Many);

        Assert.All(events, one => Assert.Equal((GalleryEventKind.Founded, 2), (one.Kind, one.Count)));
        Assert.Equal(Many, events.Select(one => one.Identity).Distinct().Count());
    }

    [Fact]
    public async Task Watch_PositionOfOneIdentity_WithoutTheFilter_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        string position;
        using (EventTap tap = await EventTap.OpenAsync(service.Http, gallery, "?identity=anna"))
        {
            await EnrolAsync(gallery, "anna", 1);
            Assert.Equal("anna", (await tap.NextAsync()).Identity);
            position = tap.Position;
        }

        using HttpResponseMessage refused = await EventTap.AskAsync(service.Http, gallery, last: position);
        Problem problem = await RunningService.ProblemAsync(refused, 400, ErrorCodes.InvalidRequest);
        Assert.Contains("identity", problem.Detail, StringComparison.Ordinal);
        using EventTap resumed = await EventTap.OpenAsync(service.Http, gallery, "?identity=anna", position);
    }

    [Fact]
    public async Task Watch_PositionOfAnotherGallery_OrATimeLimit_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        string position = FeedCursor.Start(await service.FindAsync(await service.CreateGalleryAsync())).ToString();
        foreach (string query in new[] { $"?cursor={position}", "?timeoutMs=100", "?founded=maybe" })
        {
            using HttpResponseMessage response = await EventTap.AskAsync(service.Http, gallery, query);
            await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
        }
    }

    [Fact]
    public async Task Watch_PositionAheadOfTheStore_IsResetAndTellsAll()
    {
        string gallery = await service.CreateGalleryAsync();
        await EnrolAsync(gallery, "anna", 1);
        Gallery found = await service.FindAsync(gallery);
        FeedCursor ahead = FeedCursor.Start(found);
        int partition = PartitionFunction.PartitionOf("anna", found.Partitions);
        ahead[partition] = 1_000_000;

        using EventTap tap = await EventTap.OpenAsync(service.Http, gallery, last: ahead.ToString());
        IReadOnlyList<GalleryEvent> events = await tap.NextAsync(2);

        Assert.Equal((GalleryEventKind.Reset, (int?)partition), (events[0].Kind, events[0].Partition));
        Assert.Equal((GalleryEventKind.Founded, "anna"), (events[1].Kind, events[1].Identity));
    }

    private Task<EnrolImageResponse> EnrolAsync(string gallery, string identity, int image) =>
        service.Client.EnrolAsync(
            gallery, identity, new() { Vector = [1, image % 7, 0, 1], ImageId = $"{image}" }, Cancelled);
}

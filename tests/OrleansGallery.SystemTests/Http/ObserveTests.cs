using System.Text;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Observations over HTTP: what joins, founds and is parked, and what becomes of it later.</summary>
public sealed class ObserveTests(RunningService service)
{
    private static readonly ObserveSettings Settings = new()
    {
        JoinThreshold = 0.9, FoundThreshold = 0.5, Margin = 0.05, PromoteImages = 3, PromoteDispersion = 0.1,
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Observe_WhatIsLikeAnIdentity_JoinsItOnce()
    {
        string gallery = await FilledAsync();
        ObservationResponse joined = await ObserveAsync(gallery, "o1", 1, 0.1f);
        Assert.Equal(
            (ObservationStatus.Joined, "x", 2, false, IdentityState.Confirmed),
            (joined.Status, joined.Identity, joined.Count, joined.Duplicate, joined.State));
        Assert.Equal("x", joined.Candidates[0].Identity);

        // Somebody else is nearer by now: what was decided stays.
        await EnrolAsync(gallery, "z", "z.jpg", 1, 0.1f);
        ObservationResponse again = await ObserveAsync(gallery, "o1", 1, 0.1f);
        Assert.Equal(
            joined with { Duplicate = true, Version = again.Version }, again with
            {
                ImageIds = joined.ImageIds, Candidates = joined.Candidates,
            });
        Assert.Equal(4, await ImagesAsync(gallery));
    }

    [Fact]
    public async Task Observe_AStranger_FoundsAnIdentityOnce()
    {
        string gallery = await FilledAsync();
        ObservationResponse founded = await ObserveAsync(gallery, "o1", 0, 0, 1);
        Assert.Equal(
            (ObservationStatus.Founded, 1, IdentityState.Provisional), (founded.Status, founded.Count, founded.State));
        SearchResponse search = await service.Client.SearchAsync(
            gallery, new SearchRequest { Vector = [0, 0, 1, 0] }, Cancelled);
        Assert.Equal(founded.Identity, search.Matches[0].Identity);

        ObservationResponse again = await ObserveAsync(gallery, "o1", 0, 0, 1);
        Assert.Equal((founded.Identity, true, 1), (again.Identity, again.Duplicate, again.Count));
        Assert.Equal(3, await ImagesAsync(gallery));
    }

    [Fact]
    public async Task Observe_BetweenTheThresholdsOrTwoIdentities_IsParkedOutOfSight()
    {
        string gallery = await FilledAsync();
        ObservationResponse between = await ObserveAsync(gallery, "o1", 1, 0, 1);
        ObservationResponse two = await ObserveAsync(gallery, "o2", 1, 1, 0);
        Assert.Equal(
            (ObservationStatus.Parked, ObservationStatus.Parked, IdentityState.Ambiguous),
            (between.Status, two.Status, two.State));
        Assert.Equal(["x", "y"], two.Candidates.Select(candidate => candidate.Identity).Order());

        SearchResponse search = await service.Client.SearchAsync(
            gallery, new SearchRequest { Vector = [1, 1, 0, 0] }, Cancelled);
        Assert.Equal(["x", "y"], search.Matches.Select(match => match.Identity).Order());
        SearchResponse asked = await service.Client.SearchAsync(
            gallery,
            new SearchRequest
            {
                Vector = [1, 1, 0, 0],
                Filter = new SearchFilter
                {
                    Attributes = new Dictionary<string, IReadOnlyList<string>> { ["gallery.state"] = ["ambiguous"] },
                },
            },
            Cancelled);
        Assert.Equal(two.Identity, asked.Matches[0].Identity);

        Assert.True((await ObserveAsync(gallery, "o2", 1, 1, 0)).Duplicate);
        // It is no candidate itself.
        Assert.Equal(ObservationStatus.Parked, (await ObserveAsync(gallery, "o3", 1, 1, 0.01f)).Status);
        ObservedIdentityListResponse parked = await service.Client.ListObservedAsync(
            gallery, IdentityState.Ambiguous, limit: 2, cancellationToken: Cancelled);
        Assert.Equal(2, parked.Identities.Count);
        Assert.All(parked.Identities, one => Assert.Equal(2, one.Candidates.Count));
        ObservedIdentityListResponse rest = await service.Client.ListObservedAsync(
            gallery, IdentityState.Ambiguous, parked.Next, cancellationToken: Cancelled);
        Assert.Equal(["o1", "o2", "o3"], parked.Identities.Concat(rest.Identities)
            .Select(one => one.ObservationId!).Order());
        Assert.Null(rest.Next);
    }

    [Fact]
    public async Task Observe_AStrangerOftenEnough_IsPromoted()
    {
        string gallery = await FilledAsync();
        string founded = (await ObserveAsync(gallery, "o1", 0, 0, 1)).Identity;
        ObservationResponse second = await ObserveAsync(gallery, "o2", 0, 0.01f, 1);
        Assert.Equal((founded, IdentityState.Provisional), (second.Identity, second.State));
        ObservationResponse third = await ObserveAsync(gallery, "o3", 0, 0.02f, 1);
        Assert.Equal((founded, 3, IdentityState.Confirmed), (third.Identity, third.Count, third.State));
        Assert.Empty((await service.Client.GetIdentityAsync(gallery, founded, Cancelled)).Attributes);
    }

    [Fact]
    public async Task Observe_AStrangerWhoseImagesLieFarApart_StaysProvisional()
    {
        string gallery = await FilledAsync(Settings with { PromoteDispersion = 0.01 });
        await ObserveAsync(gallery, "o1", 0, 0, 1);
        for (int i = 2; i <= 4; i++)
        {
            ObservationResponse more = await ObserveAsync(
                gallery,
                new ObserveRequest
                {
                    ImageId = $"o{i}", Vector = [0, 0, 1, i % 2 == 0 ? 0.4f : -0.4f], JoinThreshold = 0.7,
                });
            Assert.Equal((ObservationStatus.Joined, IdentityState.Provisional), (more.Status, more.State));
        }
    }

    [Fact]
    public async Task Observe_ATracklet_IsDecidedOnceByItsMean()
    {
        string gallery = await FilledAsync();
        ObserveRequest tracklet = new()
        {
            ImageId = "t1",
            Facet = "c3",
            // Each alone is too far from x; their mean is not, and their lengths do not count.
            Frames =
            [
                new ObservedFrame { Vector = [1, 0, 0.6f, 0], ImageId = "f1" },
                new ObservedFrame { Vector = [10, 0, -6, 0], ImageId = "f2" },
            ],
        };
        ObservationResponse joined = await ObserveAsync(gallery, tracklet);
        Assert.Equal((ObservationStatus.Joined, "x", 3), (joined.Status, joined.Identity, joined.Count));
        Assert.Equal(["f1", "f2"], joined.ImageIds);
        Assert.True((await ObserveAsync(gallery, tracklet)).Duplicate);

        ObservationResponse undone = await service.Client.UndoObservationAsync(gallery, "t1", Cancelled);
        Assert.Equal(1, undone.Count);
    }

    [Fact]
    public async Task Undo_OfEachKind_TakesTheImagesAndIsRemembered()
    {
        string gallery = await FilledAsync();
        string before = (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash;
        await ObserveAsync(gallery, "joins", 1, 0.1f);
        await ObserveAsync(gallery, "founds", 0, 0, 1);
        await ObserveAsync(gallery, "parks", 1, 1);
        foreach (string id in (string[])["joins", "founds", "parks"])
        {
            ObservationResponse undone = await service.Client.UndoObservationAsync(gallery, id, Cancelled);
            Assert.NotNull(undone.UndoneAt);
            Assert.Equal(
                undone.UndoneAt, (await service.Client.UndoObservationAsync(gallery, id, Cancelled)).UndoneAt);
        }

        Assert.Equal(before, (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash);
        await RefusedAsync(409, ErrorCodes.OperationConflict, () => ObserveAsync(gallery, "joins", 1, 0.1f));
        await RefusedAsync(
            404, ErrorCodes.OperationNotFound,
            () => service.Client.UndoObservationAsync(gallery, "never", Cancelled));
    }

    [Fact]
    public async Task Undo_WhatWasMovedSince_IsRefused()
    {
        string gallery = await FilledAsync();
        await ObserveAsync(gallery, "o1", 1, 0.1f);
        await service.Client.DeleteImageAsync(gallery, "x", "o1", Cancelled);
        await RefusedAsync(
            404, ErrorCodes.ImageNotFound, () => service.Client.UndoObservationAsync(gallery, "o1", Cancelled));
    }

    [Fact]
    public async Task Resolve_IntoACandidateAndBack_IsParkedAgain()
    {
        string gallery = await FilledAsync();
        string parked = (await ObserveAsync(gallery, "o1", 1, 1)).Identity;
        ObservedIdentity x = await service.Client.ResolveObservationAsync(gallery, "o1", "x", Cancelled);
        Assert.Equal(("x", 2, IdentityState.Confirmed), (x.Identity, x.Count, x.State));
        Assert.Empty((await service.Client.GetIdentityAsync(gallery, "x", Cancelled)).Attributes);
        Assert.Equal("x", (await service.Client.ResolveObservationAsync(gallery, "o1", "x", Cancelled)).Identity);
        Assert.Equal(
            ("x", true), await OutcomeAsync(service.Client.GetObservationAsync(gallery, "o1", Cancelled)));
        await RefusedAsync(
            409, ErrorCodes.OperationConflict,
            () => service.Client.ResolveObservationAsync(gallery, "o1", "y", Cancelled));

        await service.Client.UndoOperationAsync(gallery, $"{parked}-merged-1", "back", Cancelled);
        Assert.Equal(
            IdentityState.Ambiguous,
            (await service.Client.GetObservationAsync(gallery, "o1", Cancelled)).State);
        await service.Client.ResolveObservationAsync(gallery, "o1", "y", Cancelled);
        Assert.Equal(
            ("y", true), await OutcomeAsync(service.Client.GetObservationAsync(gallery, "o1", Cancelled)));
        await service.Client.UndoObservationAsync(gallery, "o1", Cancelled);
        Assert.Equal(2, await ImagesAsync(gallery));
    }

    [Fact]
    public async Task Resolve_AsSomebodyNew_IsACandidateFromThenOn()
    {
        string gallery = await FilledAsync();
        string parked = (await ObserveAsync(gallery, "o1", 1, 1)).Identity;
        for (int i = 0; i < 2; i++)
        {
            ObservedIdentity resolved =
                await service.Client.ResolveObservationAsync(gallery, "o1", null, Cancelled);
            Assert.Equal((parked, IdentityState.Provisional), (resolved.Identity, resolved.State));
        }

        ObservationResponse next = await ObserveAsync(gallery, "o2", 1, 1, 0.01f);
        Assert.Equal((ObservationStatus.Joined, parked), (next.Status, next.Identity));
    }

    [Fact]
    public async Task Enrol_UnderAProvisionalIdentity_ConfirmsIt()
    {
        string gallery = await FilledAsync();
        string founded = (await ObserveAsync(gallery, "o1", 0, 0, 1)).Identity;
        await EnrolAsync(gallery, founded, "named.jpg", 0, 0, 1);
        Assert.Equal(
            IdentityState.Confirmed, (await service.Client.GetObservationAsync(gallery, "o1", Cancelled)).State);
        await RefusedAsync(
            409, ErrorCodes.OperationConflict,
            () => service.Client.ResolveObservationAsync(gallery, "o1", "x", Cancelled));
    }

    [Fact]
    public async Task Merge_IntoAProvisionalIdentity_ConfirmsItAndUndoingDoesNot()
    {
        string gallery = await FilledAsync();
        string founded = (await ObserveAsync(gallery, "o1", 0, 0, 1)).Identity;
        await service.Client.MergeIdentityAsync(gallery, "y", founded, "m1", Cancelled);
        Assert.Empty((await service.Client.GetIdentityAsync(gallery, founded, Cancelled)).Attributes);
        await service.Client.UndoOperationAsync(gallery, "m1", "u1", Cancelled);
        Assert.Equal(
            IdentityState.Provisional, (await service.Client.GetObservationAsync(gallery, "o1", Cancelled)).State);
    }

    [Theory]
    [InlineData("{}", 400, ErrorCodes.InvalidRequest, "Neither vector nor frames")]
    [InlineData("""{"frames":[]}""", 400, ErrorCodes.InvalidRequest, "0 frames")]
    [InlineData("""{"frames":[{}]}""", 400, ErrorCodes.InvalidRequest, "frames[0]")]
    [InlineData("""{"frames":[null]}""", 400, ErrorCodes.InvalidRequest, "frames[0]")]
    [InlineData("""{"vector":[1,0,0,0],"frames":[]}""", 400, ErrorCodes.InvalidRequest, "Both")]
    [InlineData("""{"vector":[1,0]}""", 422, ErrorCodes.InvalidEmbedding, "2")]
    [InlineData(
        """{"frames":[{"vector":[1,0,0,0]},{"vector":[1,0]}]}""",
        422, ErrorCodes.InvalidEmbedding, "2")]
    [InlineData(
        """{"frames":[{"vector":[1,0,0,0]},{"vector":[-1,0,0,0]}]}""",
        422, ErrorCodes.InvalidEmbedding, "zero")]
    [InlineData(
        """{"frames":[{"vector":[1,0,0,0]},{"vector":[1,0,0,0]}]}""",
        400, ErrorCodes.InvalidRequest, "Frames 0 and 1")]
    [InlineData("""{"vector":[0,0,0,0]}""", 422, ErrorCodes.InvalidEmbedding, "")]
    [InlineData(
        """{"vector":"AADAfwAAAAAAAAAAAAAAAA=="}""",
        422, ErrorCodes.InvalidEmbedding, "NaN")]
    [InlineData(
        """{"vector":[1,0,0,0],"joinThreshold":0.4}""",
        400, ErrorCodes.InvalidRequest, "foundThreshold is 0.5")]
    [InlineData(
        """{"vector":[1,0,0,0],"joinThreshold":1.5}""",
        400, ErrorCodes.InvalidRequest, "joinThreshold is 1.5")]
    [InlineData(
        """{"vector":[1,0,0,0],"foundThreshold":-2}""",
        400, ErrorCodes.InvalidRequest, "foundThreshold is -2")]
    [InlineData("""{"vector":[1,0,0,0],"margin":-1}""", 400, ErrorCodes.InvalidRequest, "margin is -1")]
    [InlineData("""{"vector":[1,0,0,0],"joinThreshold":NaN}""", 400, ErrorCodes.InvalidRequest, "")]
    [InlineData("""{"vector":[1,0,0,0],"imageId":"a/b"}""", 400, ErrorCodes.InvalidId, "'/'")]
    [InlineData(
        """{"vector":[1,0,0,0],"attributes":{"gallery.state":"x"}}""",
        400, ErrorCodes.InvalidId, "gallery.")]
    [InlineData("""{"vector":[1,0,0,0],"more":1}""", 400, ErrorCodes.InvalidRequest, "")]
    public async Task Observe_WhatCannotBe_IsRefused(string body, int status, string code, string said)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await service.PostAsync(PathOf(gallery), body);
        Problem problem = await RunningService.ProblemAsync(response, status, code);
        Assert.Contains(said, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(2, await ImagesAsync(gallery));
    }

    [Fact]
    public async Task Observe_TooManyFrames_IsRefused()
    {
        string gallery = await FilledAsync();
        await RefusedAsync(400, ErrorCodes.InvalidRequest, () => service.Client.ObserveAsync(
            gallery,
            new ObserveRequest
            {
                Frames = [.. Enumerable.Range(1, 65).Select(i => new ObservedFrame { Vector = [i, 1, 0, 0] })],
            },
            Cancelled));
    }

    [Fact]
    public async Task Observe_WithoutAThresholdOrAGallery_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        await RefusedAsync(400, ErrorCodes.InvalidRequest, () => ObserveAsync(gallery, "o1", 1));
        await RefusedAsync(404, ErrorCodes.GalleryNotFound, () => ObserveAsync("never", "o1", 1));
        ObservationResponse founded = await ObserveAsync(
            gallery, new ObserveRequest { ImageId = "o1", Vector = [1, 0, 0, 0], JoinThreshold = 0.9 });
        Assert.Equal((ObservationStatus.Founded, 0.9), (founded.Status, founded.FoundThreshold));
    }

    [Fact]
    public async Task Observe_OtherContentUnderTheId_IsAConflict()
    {
        string gallery = await FilledAsync();
        await ObserveAsync(gallery, "o1", 1, 0.1f);
        await RefusedAsync(409, ErrorCodes.ImageConflict, () => ObserveAsync(gallery, "o1", 1, 0.2f));
    }

    [Fact]
    public async Task Create_WithSettingsThatCannotBe_IsRefused()
    {
        ObserveSettings[] wrong =
        [
            new() { JoinThreshold = 0.4, FoundThreshold = 0.5 }, new() { PromoteImages = 0 },
            new() { PromoteDispersion = 3 }, new() { DissolveAfterDays = 0 }, new() { Margin = 3 },
        ];
        foreach (ObserveSettings settings in wrong)
        {
            await RefusedAsync(400, ErrorCodes.InvalidRequest, () => service.CreateGalleryAsync(
                new CreateGalleryRequest { Dimension = 4, Observe = settings }));
        }
    }

    [Theory]
    [InlineData("PATCH", "", """{"attributes":{"gallery.state":"provisional"}}""")]
    [InlineData("PATCH", "", """{"attributes":{"gallery.state":null}}""")]
    [InlineData("PUT", "/attributes", """{"attributes":{"gallery.seen":"now"}}""")]
    public async Task SetAttributes_OfTheService_IsRefused(string method, string rest, string body)
    {
        string gallery = await FilledAsync();
        using HttpRequestMessage request = new(
            new HttpMethod(method), $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/x{rest}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidId);
    }

    [Fact]
    public async Task SetAllAttributes_OfAProvisionalIdentity_LeavesItProvisional()
    {
        string gallery = await FilledAsync();
        string founded = (await ObserveAsync(gallery, "o1", 0, 0, 1)).Identity;
        await service.Client.SetAttributesAsync(
            gallery, founded, new Dictionary<string, string> { ["colour"] = "red" }, cancellationToken: Cancelled);
        Assert.Equal(
            IdentityState.Provisional, (await service.Client.GetObservationAsync(gallery, "o1", Cancelled)).State);
    }

    [Fact]
    public async Task Ingest_WithAttributesOfTheService_IsRefused()
    {
        string gallery = await FilledAsync();
        IngestAck ack = Assert.Single(await service.IngestLinesAsync(
            gallery,
            """{"identity":"x","vector":[1,0,0,0],"attributes":{"gallery.state":"ambiguous"}}"""));
        Assert.Equal((EnrolStatus.Rejected, ErrorCodes.InvalidId), (ack.Status, ack.Error?.Code));
    }

    [Fact]
    public async Task Observe_AStream_AnswersInItsOrder()
    {
        string gallery = await FilledAsync();
        List<ObservationResponse> answers = [];
        await foreach (ObservationResponse answer in service.Client.ObserveAsync(
            gallery, StreamAsync(), cancellationToken: Cancelled))
        {
            answers.Add(answer);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"s{i}"), answers.Select(answer => answer.ObservationId));
        Assert.Equal(22, await ImagesAsync(gallery));
        // On a busy machine some may be kept aside, or two stay and say so.
        ObservedIdentityListResponse open = await service.Client.ListObservedAsync(
            gallery, cancellationToken: Cancelled);
        long confirmed = (await service.Client.GetGalleryAsync(gallery, Cancelled)).Identities
            - open.Identities.Count - 2;
        Assert.InRange(
            confirmed + open.Identities.Count(
                one => one.State == IdentityState.Provisional && one.SimilarTo is null),
            0, 1);
        Assert.True((await service.Client.VerifyAsync(gallery, Cancelled)).Ok);
    }

    private static async IAsyncEnumerable<ObserveRequest> StreamAsync()
    {
        for (int i = 0; i < 20; i++)
        {
            await Task.Yield();
            yield return new ObserveRequest { ImageId = $"s{i}", Vector = [0, 0, 1, i * 0.001f] };
        }
    }

    private static async Task<(string Identity, bool Duplicate)> OutcomeAsync(Task<ObservationResponse> answer)
    {
        ObservationResponse outcome = await answer;
        return (outcome.Identity, outcome.Duplicate);
    }

    private static async Task RefusedAsync(int status, string code, Func<Task> call)
    {
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(call);
        Assert.Equal((status, code), (refused.Status, refused.Code));
    }

    private static string PathOf(string gallery) => $"/v1/galleries/{Uri.EscapeDataString(gallery)}/images:observe";

    private async Task<string> FilledAsync(ObserveSettings? settings = null)
    {
        string gallery = await service.CreateGalleryAsync(
            new CreateGalleryRequest { Dimension = 4, Observe = settings ?? Settings });
        await EnrolAsync(gallery, "x", "x.jpg", 1);
        await EnrolAsync(gallery, "y", "y.jpg", 0, 1);
        return gallery;
    }

    private async Task EnrolAsync(string gallery, string identity, string imageId, params float[] start) =>
        await service.Client.EnrolAsync(
            gallery, identity, new EnrolImageRequest { ImageId = imageId, Vector = VectorOf(start) }, Cancelled);

    private Task<ObservationResponse> ObserveAsync(string gallery, string id, params float[] start) =>
        ObserveAsync(gallery, new ObserveRequest { ImageId = id, Vector = VectorOf(start) });

    // As clients do: a busy store may not confirm for a while that the rows are the last.
    private async Task<ObservationResponse> ObserveAsync(string gallery, ObserveRequest request)
    {
        while (true)
        {
            try
            {
                return await service.Client.ObserveAsync(gallery, request, Cancelled);
            }
            catch (GalleryApiException exception) when (exception.Retryable)
            {
                await Task.Delay(100, Cancelled);
            }
        }
    }

    private static float[] VectorOf(float[] start) => [.. start, .. new float[4 - start.Length]];

    private async Task<long> ImagesAsync(string gallery) =>
        (await service.Client.GetGalleryAsync(gallery, Cancelled)).Images;
}

using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class SearchRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Vector_RanksByScoreAndTellsWhatItDid()
    {
        string gallery = await FilledAsync(new() { Dimension = 4 });
        SearchResponse answer = await service.Client.SearchAsync(
            gallery, new() { Vector = [2, 1, 0, 0], Top = 2 }, Cancelled);
        Assert.Equal([(1, "x"), (2, "y")], answer.Matches.Select(match => (match.Rank, match.Identity)));
        Assert.Equal(2 / Math.Sqrt(5), answer.Matches[0].Score, 6);
        Assert.Equal((4, 4, false), (answer.Partitions.Asked, answer.Partitions.Answered, answer.Partial));
        Assert.Equal(3, answer.Evidence.RowsScanned);
        Assert.Equal(answer.Matches[1].Score, answer.Evidence.KthScore);
        Assert.Equal((3, 0, 0), (
            answer.Evidence.Flat.Bounded, answer.Evidence.Projected.Bounded, answer.Evidence.Quantized.Bounded));
    }

    [Fact]
    public async Task Search_IdentityOrStoredImage_FindsItself()
    {
        string gallery = await FilledAsync(new() { Dimension = 4 });
        await service.Client.EnrolAsync(gallery, "y", new() { Vector = [0, 1, 1, 0], ImageId = "second" }, Cancelled);
        SearchResponse byIdentity = await service.Client.SearchAsync(gallery, new() { IdentityId = "y" }, Cancelled);
        Assert.Equal(("y", 1.0), (byIdentity.Matches[0].Identity, Math.Round(byIdentity.Matches[0].Score, 6)));
        SearchResponse byImage = await service.Client.SearchAsync(
            gallery, new() { IdentityId = "y", ImageId = "second" }, Cancelled);
        Assert.Equal("y", byImage.Matches[0].Identity);
        Assert.InRange(byImage.Matches[0].Score, 0.8, 0.999);
    }

    [Fact]
    public async Task Search_VectorsWithThemselves_ScoreAtMostOneAndDisperseAtLeastZero()
    {
        string gallery = await service.CreateGalleryAsync(new() { Dimension = 4, Threshold = 1 });
        Random random = new(13);
        for (int i = 0; i < 64; i++)
        {
            float[] vector = [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle() - 0.5f)];
            await service.Client.EnrolAsync(gallery, $"p{i}", new() { Vector = vector }, Cancelled);
            SearchResponse answer = await service.Client.SearchAsync(gallery, new() { Vector = vector }, Cancelled);
            IdentityResponse identity = await service.Client.GetIdentityAsync(gallery, $"p{i}", Cancelled);
            Assert.All(answer.Matches, match => Assert.InRange(match.Score, -1, 1));
            Assert.Equal($"p{i}", answer.Matches[0].Identity);
            Assert.Equal(
                answer.Matches[0].Score < 1 ? Decision.Unknown : Decision.Known, answer.Decision);
            Assert.InRange(identity.Dispersion!.Value, 0, 2);
        }
    }

    [Theory]
    [InlineData(1, 0, null, Decision.Known)]
    [InlineData(1, 0.95, null, Decision.Ambiguous)]
    [InlineData(1, 0, 0.9, Decision.Known)]
    [InlineData(1, 1, 0.9, Decision.Unknown)]
    public async Task Search_ThresholdAndMargin_Decide(float x, float y, double? threshold, Decision expected)
    {
        string gallery = await FilledAsync(new() { Dimension = 4, Margin = 0.05, Threshold = 0.5 });
        SearchResponse answer = await service.Client.SearchAsync(
            gallery, new() { Vector = [x, y, 0, 0], Threshold = threshold, Top = 1 }, Cancelled);
        Assert.Equal(expected, answer.Decision);
        Assert.Single(answer.Matches);
    }

    [Fact]
    public async Task Search_EmptyGallery_IsUnknown()
    {
        string gallery = await service.CreateGalleryAsync();
        SearchResponse answer = await service.Client.SearchAsync(
            gallery, new() { Vector = [1, 0, 0, 0], RequireComplete = true }, Cancelled);
        Assert.Equal((Decision.Unknown, 0), (answer.Decision, answer.Matches.Count));
    }

    [Theory]
    [InlineData("""{"vector":[1,2,3,4],"top":0}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3,4],"top":1001}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3,4],"top":2147483647}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3,4],"top":99999999999999}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3,4],"threshold":7}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3,4],"identityId":"x"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"imageId":"x"}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3,""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,2,3]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"vector":[0,0,0,0]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"vector":"AADAfwAAgD8AAIA/AACAPw=="}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"identityId":".."}""", ErrorCodes.InvalidId)]
    public async Task Search_WrongQuery_IsRefused(string body, string code)
    {
        string gallery = await FilledAsync(new() { Dimension = 4 });
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search", body);
        await RunningService.ProblemAsync(response, RunningService.RefusalOf(code), code);
    }

    [Fact]
    public async Task Search_WhatDoesNotExist_IsNotFound()
    {
        string gallery = await FilledAsync(new() { Dimension = 4 });
        await AssertNotFoundAsync("nobody", new() { Vector = [1, 0, 0, 0] }, ErrorCodes.GalleryNotFound);
        await AssertNotFoundAsync(gallery, new() { IdentityId = "nobody" }, ErrorCodes.IdentityNotFound);
        await AssertNotFoundAsync(gallery, new() { IdentityId = "x", ImageId = "no" }, ErrorCodes.ImageNotFound);
    }

    private async Task AssertNotFoundAsync(string gallery, SearchRequest query, string code)
    {
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.SearchAsync(gallery, query, Cancelled));
        Assert.Equal((404, code), (exception.Status, exception.Code));
    }

    private async Task<string> FilledAsync(CreateGalleryRequest settings)
    {
        string gallery = await service.CreateGalleryAsync(settings);
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"x","vector":[1,0,0,0]}
            {"identity":"y","vector":[0,1,0,0]}
            {"identity":"z","vector":[0,0,1,0]}
            """);
        return gallery;
    }
}

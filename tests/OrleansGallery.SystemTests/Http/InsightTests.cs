using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Fixtures;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Why an identity scores as it does: the route, the client and the command line.</summary>
public sealed class InsightTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Insight_AllPages_AddUpAndShowTheStranger()
    {
        string gallery = await FilledAsync();
        List<ImageInsightResponse> images = [];
        InsightResponse? page = null;
        do
        {
            page = await service.Client.GetInsightAsync(
                gallery, "anna", cursor: page?.Next, limit: 2, similar: 1, cancellationToken: Cancelled);
            Assert.Equal((4, page.Version), (page.Count, page.Version));
            Assert.Equal(images.Count == 0, page.Dispersion is not null);
            Assert.Equal(images.Count == 0 ? ["bob"] : [], page.Similar.Select(match => match.Identity));
            images.AddRange(page.Images);
        }
        while (page.Next is not null);

        Assert.Equal(["a", "b", "c", "stranger"], images.Select(image => image.ImageId));
        Assert.Equal("stranger", images.MinBy(image => image.ScoreWithout)!.ImageId);
        Assert.Equal(0, images[3].ScoreWithout!.Value, 0.2);
        Assert.Equal(page.Score!.Value, images.Sum(image => image.Contribution!.Value), 1e-6);
        Assert.Equal("c2", images[3].Facet);
    }

    [Fact]
    public async Task Insight_AgainstAnother_AddsUpToItsScore()
    {
        string gallery = await FilledAsync();
        InsightResponse insight = await service.Client.GetInsightAsync(
            gallery, "anna", against: "bob", cancellationToken: Cancelled);
        SearchResponse search = await service.Client.SearchAsync(gallery, new() { IdentityId = "bob" }, Cancelled);
        Assert.Equal(search.Matches.Single(match => match.Identity == "anna").Score, insight.Score);
        Assert.Equal(insight.Score!.Value, insight.Images.Sum(image => image.Contribution!.Value), 1e-6);

        // The stranger makes most of it.
        Assert.Equal("stranger", insight.Images.MaxBy(image => image.Contribution)!.ImageId);
    }

    [Theory]
    [InlineData("nobody/insight", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("anna/insight?against=nobody", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("anna/insight?similar=101", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna/insight?similar=few", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna/insight?limit=0", 400, ErrorCodes.InvalidRequest)]
    public async Task Insight_WhatIsNotThere_IsRefused(string path, int status, string code)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await service.Http.GetAsync(
            new Uri($"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/{path}", UriKind.Relative), Cancelled);
        await RunningService.ProblemAsync(response, status, code);
    }

    [Fact]
    public async Task Insight_IdentityThatCancelsOut_StillShowsItsImages()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery, """
            {"identity":"zero","imageId":"a","vector":[1,0,0,0]}
            {"identity":"zero","imageId":"b","vector":[-1,0,0,0]}
            """);
        InsightResponse insight = await service.Client.GetInsightAsync(gallery, "zero", cancellationToken: Cancelled);
        Assert.Equal((null, 2), (insight.Score, insight.Images.Count));
        Assert.All(insight.Images, image => Assert.Equal((-1, null), (image.ScoreWithout, image.Contribution)));
        await Assert.ThrowsAsync<GalleryApiException>(() => service.Client.GetInsightAsync(
            gallery, "zero", against: "zero", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task InsightCommand_Prints_TheWorstFirst()
    {
        string gallery = await FilledAsync();
        using PictureFolder folder = new();
        GalleryCommand command = new(service, folder.Models);
        InsightResponse insight = await command.JsonAsync<InsightResponse>(0, "insight", gallery, "anna");
        Assert.Equal((4, null), (insight.Images.Count, insight.Next));
        (int code, string output, _) = await command.RunAsync("insight", gallery, "anna", "--worst", "1");
        Assert.Equal(0, code);
        Assert.Contains("stranger", output, StringComparison.Ordinal);
        Assert.Contains("bob", output, StringComparison.Ordinal);
        Assert.DoesNotContain("c1", output, StringComparison.Ordinal);
    }

    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"anna","imageId":"a","facet":"c1","vector":[1,0.1,0,0]}
            {"identity":"anna","imageId":"b","facet":"c1","vector":[1,0,0.1,0]}
            {"identity":"anna","imageId":"c","facet":"c1","vector":[1,0,0,0.1]}
            {"identity":"anna","imageId":"stranger","facet":"c2","vector":[0,1,0,0]}
            {"identity":"bob","vector":[0.1,1,0,0]}
            {"identity":"carol","vector":[0,0,0,-1]}
            """);
        return gallery;
    }
}

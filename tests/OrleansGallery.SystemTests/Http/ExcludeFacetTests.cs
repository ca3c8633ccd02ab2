using System.Text.Json;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Fixtures;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Searches that leave a facet out: the route, the client and the command line.</summary>
public sealed class ExcludeFacetTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "x", "y", "z")]
    [InlineData("c1", "y", "z")]
    [InlineData("c2", "x", "y", "z")]
    [InlineData("", "x", "y")]
    [InlineData("c9", "x", "y", "z")]
    public async Task Search_ExcludeFacet_ComparesWhatIsLeft(string? facet, params string[] expected)
    {
        string gallery = await FilledAsync();
        SearchResponse answer = await service.Client.SearchAsync(
            gallery, new() { Vector = [1, 0, 0, 0], ExcludeFacet = facet, Top = 3, RequireComplete = true }, Cancelled);
        Assert.Equal(expected, answer.Matches.Select(match => match.Identity).Order());
        SearchMatch second = answer.Matches.Single(match => match.Identity == "y");
        Assert.Equal(
            facet switch { "c1" => (1L, 0), "c2" => (1L, 1), _ => (2L, Math.Round(Math.Sqrt(0.5), 6)) },
            (second.Count, Math.Round(second.Score, 6)));
    }

    [Fact]
    public async Task Search_WithIdentitysOnlyFacetExcluded_IsUnknown()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(gallery, """{"identity":"x","facet":"c1","vector":[1,0,0,0]}""");
        SearchResponse answer = await service.Client.SearchAsync(
            gallery, new() { IdentityId = "x", ExcludeFacet = "c1" }, Cancelled);
        Assert.Equal((Decision.Unknown, 0), (answer.Decision, answer.Matches.Count));
    }

    [Theory]
    [InlineData("""{"vector":[1,0,0,0],"excludeFacet":"a/b"}""", ErrorCodes.InvalidId)]
    [InlineData("""{"vector":[1,0,0,0],"excludeFacet":7}""", ErrorCodes.InvalidRequest)]
    public async Task Search_WhatIsNoFacet_IsRefused(string body, string code)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search", body);
        await RunningService.ProblemAsync(response, 400, code);
    }

    [Fact]
    public async Task SearchCommand_ExcludeFacet_IsSent()
    {
        string gallery = await FilledAsync();
        using PictureFolder folder = new();
        string query = folder.File("q.npy");
        NpyFile.Write(query, new NpyArray<float>([4], [1, 0, 0, 0]));
        SearchResponse answer = await new GalleryCommand(service, folder.Models).JsonAsync<SearchResponse>(
            0, "search", gallery, "--vector", query, "--exclude-facet", "c1");
        Assert.Equal(["y", "z"], answer.Matches.Select(match => match.Identity).Order());
    }

    [Fact]
    public async Task OpenApi_Search_HasTheFieldInBothForms()
    {
        string document = await service.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancelled);
        using JsonDocument parsed = JsonDocument.Parse(document);
        JsonElement content = parsed.RootElement.GetProperty("paths").GetProperty("/v1/galleries/{gallery}/search")
            .GetProperty("post").GetProperty("requestBody").GetProperty("content");
        Assert.True(content.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties")
            .TryGetProperty("excludeFacet", out _));
    }

    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"x","facet":"c1","vector":[1,0,0,0]}
            {"identity":"y","facet":"c1","vector":[1,0,0,0]}
            {"identity":"y","facet":"c2","vector":[0,1,0,0]}
            {"identity":"z","vector":[0,0,1,0]}
            """);
        return gallery;
    }
}

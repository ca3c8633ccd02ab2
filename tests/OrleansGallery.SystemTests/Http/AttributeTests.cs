using System.Net.Http.Headers;
using System.Text;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Fixtures;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Attributes over HTTP, client and command line: set, shown, and searched by.</summary>
public sealed class AttributeTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Patch_AndPut_ChangeAndSetThem()
    {
        string gallery = await FilledAsync();
        IdentityResponse before = await service.Client.GetIdentityAsync(gallery, "x", Cancelled);
        IdentityAttributesResponse patched = await service.Client.ChangeAttributesAsync(
            gallery, "x", Changes(("colour", null), ("brand", "b")), before.ETag, Cancelled);
        Assert.Equal("brand=b", Text(patched.Attributes));
        Assert.True(patched.Version > before.Version);
        IdentityResponse now = await service.Client.GetIdentityAsync(gallery, "x", Cancelled);
        Assert.Equal((patched.ETag, "brand=b", before.Hash), (now.ETag, Text(now.Attributes), now.Hash));

        GalleryApiException stale = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.ChangeAttributesAsync(gallery, "x", Changes(("a", "1")), before.ETag, Cancelled));
        Assert.Equal((412, ErrorCodes.PreconditionFailed), (stale.Status, stale.Code));
        IdentityAttributesResponse set = await service.Client.SetAttributesAsync(
            gallery, "x", new Dictionary<string, string> { ["é\""] = "<b>" },
            cancellationToken: Cancelled);
        Assert.Equal("é\"=<b>", Text(set.Attributes));
        IdentityListResponse list = await service.Client.ListIdentitiesAsync(
            gallery, cancellationToken: Cancelled);
        Assert.Equal(
            ["é\"=<b>", "colour=blue", "", "colour=red"],
            list.Identities.Select(identity => Text(identity.Attributes)));
    }

    [Theory]
    [InlineData("PATCH", "", "{}", 400, ErrorCodes.InvalidRequest, "attributes")]
    [InlineData("PATCH", "", """{"attributes":null}""", 400, ErrorCodes.InvalidRequest, "attributes")]
    [InlineData("PATCH", "", """{"attributes":{"a":1}}""", 400, ErrorCodes.InvalidRequest, "")]
    [InlineData("PATCH", "", """{"attributes":{"a":"\u0007"}}""", 400, ErrorCodes.InvalidRequest, "U+0007")]
    [InlineData("PATCH", "", """{"attributes":{"a/b":"1"}}""", 400, ErrorCodes.InvalidId, "'/'")]
    [InlineData("PATCH", "", """{"attributes":{"":"1"}}""", 400, ErrorCodes.InvalidId, "missing")]
    [InlineData("PATCH", "", """{"attributes":{},"more":1}""", 400, ErrorCodes.InvalidRequest, "")]
    [InlineData("PUT", "/attributes", """{"attributes":{"a":null}}""", 400, ErrorCodes.InvalidRequest, "null")]
    [InlineData("PATCH", "y", """{"attributes":{"a":"1"}}""", 404, ErrorCodes.IdentityNotFound, "xy")]
    public async Task Set_WhatCannotBe_IsRefused(
        string method, string rest, string body, int status, string code, string said)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await SendAsync(
            method, $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/x{rest}", body);
        Problem problem = await RunningService.ProblemAsync(response, status, code);
        Assert.Contains(said, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(
            "colour=red",
            Text((await service.Client.GetIdentityAsync(gallery, "x", Cancelled)).Attributes));
    }

    [Theory]
    [InlineData("""{"attributes":{"colour":"red"}}""", "x", "z2")]
    [InlineData("""{"attributes":{"colour":["red","blue"]}}""", "x", "y", "z2")]
    [InlineData("""{"attributes":{"colour":["red","blue"]},"not":{"colour":"blue"}}""", "x", "z2")]
    [InlineData("""{"not":{"colour":["red","blue"]}}""", "z")]
    [InlineData("""{"attributes":{"colour":"red","size":"9"}}""")]
    [InlineData("""{"attributes":{}}""", "x", "y", "z", "z2")]
    [InlineData("{}", "x", "y", "z", "z2")]
    public async Task Search_WithAFilter_FindsThoseThatHaveTheAttributes(string filter, params string[] expected)
    {
        string gallery = await FilledAsync();
        SearchResponse answer = await SearchAsync(gallery, filter);
        Assert.Equal(expected, answer.Matches.Select(match => match.Identity).Order());
        Assert.False(answer.Partial);
        Assert.Equal((4, answer.Partitions.Asked), (answer.Evidence.RowsScanned, answer.Partitions.Answered));
    }

    [Theory]
    [InlineData("""{"attributes":{"colour":[]}}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"attributes":{"colour":[1]}}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"attributes":{"colour":null}}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"attributes":["colour"]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"attributes":{"a":"1","a":"2"}}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"attributes":{"a/b":"1"}}""", ErrorCodes.InvalidId)]
    [InlineData("""{"facets":{}}""", ErrorCodes.InvalidRequest)]
    [InlineData("7", ErrorCodes.InvalidRequest)]
    public async Task Search_WhatIsNoFilter_IsRefused(string filter, string code)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search", $$"""{"vector":[1,0,0,0],"filter":{{filter}}}""");
        await RunningService.ProblemAsync(response, 400, code);
    }

    [Fact]
    public async Task SearchBatch_QueriesOfSeveralFilters_AreAnsweredEachByItsOwn()
    {
        string gallery = await FilledAsync();
        IReadOnlyList<SearchBatchResult> results = await service.Client.SearchBatchAsync(
            gallery, [Query(null), Query("red"), Query("blue"), Query("none")], Cancelled);
        Assert.Equal(
            [4, 2, 1, 0], results.Select(result => result.Answer!.Matches.Count));

        static SearchRequest Query(string? colour) => new()
        {
            Vector = [1, 0, 0, 0],
            Filter = colour is null ? null : new SearchFilter
            {
                Attributes = new Dictionary<string, IReadOnlyList<string>> { ["colour"] = [colour] },
            },
        };
    }

    [Fact]
    public async Task Commands_SetShowAndFilter()
    {
        string gallery = await FilledAsync();
        using PictureFolder folder = new();
        GalleryCommand command = new(service, folder.Models);
        IdentityAttributesResponse set = await command.JsonAsync<IdentityAttributesResponse>(
            0, "attributes", gallery, "z", "--set", "colour=green=ish", "--set", "size=9", "--remove", "none");
        Assert.Equal("colour=green=ish, size=9", Text(set.Attributes));
        Assert.Equal(
            "size=9",
            Text((await command.JsonAsync<IdentityAttributesResponse>(
                0, "attributes", gallery, "z", "--replace", "--set", "size=9")).Attributes));
        Assert.Equal("size=9", Text((await command.JsonAsync<IdentityAttributesResponse>(
            0, "attributes", gallery, "z")).Attributes));
        Assert.Contains(
            "colour=red", (await command.RunAsync("show", gallery, "x")).Output, StringComparison.Ordinal);
        string query = folder.File("q.npy");
        NpyFile.Write(query, new NpyArray<float>([4], [1, 0, 0, 0]));
        SearchResponse answer = await command.JsonAsync<SearchResponse>(
            0, "search", gallery, "--vector", query, "--filter", "colour=red", "--filter", "colour=blue",
            "--filter-not", "colour=blue");
        Assert.Equal(["x", "z2"], answer.Matches.Select(match => match.Identity).Order());
        Assert.Contains(
            "KEY=VALUE", (await command.RunAsync("search", gallery, "--vector", query, "--filter", "red")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_ItemsWithAttributes_GiveThemToTheirIdentity()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """{"identity":"x","vector":[1,0,0,0],"attributes":{"colour":"red","size":"1"}}""");
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"x","vector":[0,1,0,0],"attributes":{"colour":"blue"}}
            {"identity":"x","vector":[1,0,0,0],"attributes":{"size":"9"}}
            """);
        Assert.Equal(
            "colour=blue, size=1", Text((await service.Client.GetIdentityAsync(gallery, "x", Cancelled)).Attributes));
    }

    private static Dictionary<string, string?> Changes(params (string Key, string? Value)[] changes) =>
        changes.ToDictionary(change => change.Key, change => change.Value);

    private static string Text(IReadOnlyDictionary<string, string> attributes) => string.Join(
        ", ", attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private async Task<SearchResponse> SearchAsync(string gallery, string filter)
    {
        SearchFilter parsed = System.Text.Json.JsonSerializer.Deserialize<SearchFilter>(filter, GalleryJson.Options)!;
        return await service.Client.SearchAsync(
            gallery, new() { Vector = [1, 0, 0, 0], Filter = parsed, RequireComplete = true }, Cancelled);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string body)
    {
        using StringContent content = new(
            body, Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json"));
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = content };
        return await service.Http.SendAsync(request, Cancelled);
    }

    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"x","vector":[1,0,0,0]}
            {"identity":"y","vector":[0,1,0,0]}
            {"identity":"z","vector":[0,0,1,0]}
            {"identity":"z2","vector":[0,0,0,1]}
            """);
        foreach ((string id, string colour) in new[] { ("x", "red"), ("y", "blue"), ("z2", "red") })
        {
            await service.Client.ChangeAttributesAsync(
                gallery, id, Changes(("colour", colour)), cancellationToken: Cancelled);
        }

        return gallery;
    }
}

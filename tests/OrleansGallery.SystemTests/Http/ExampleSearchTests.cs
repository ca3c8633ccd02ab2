using System.Net.Http.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Searches with several examples, positive and negative ones.</summary>
public sealed class ExampleSearchTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_SeveralExamples_IsTheSearchWithTheirMean()
    {
        string gallery = await FilledAsync();
        SearchResponse answer = await service.Client.SearchAsync(
            gallery,
            new()
            {
                Positives = [new() { Vector = [3, 0, 0, 0] }, new() { IdentityId = "y" }],
                Negatives = [new() { IdentityId = "z", ImageId = "only" }],
                NegativeWeight = 0.25,
                IncludeVector = true,
            },
            Cancelled);
        Assert.Equal((2, 1, 0.25), (answer.Query!.Positives, answer.Query.Negatives, answer.Query.NegativeWeight));
        // mean(x, y) - z / 4 = (2, 2, -1, 0) / 4.
        Assert.Equal([2 / 3f, 2 / 3f, -1 / 3f, 0], answer.Vector!);
        SearchResponse same = await service.Client.SearchAsync(gallery, new() { Vector = answer.Vector }, Cancelled);
        Assert.Equal(same.Matches, answer.Matches);
        Assert.Null(same.Query);
        Assert.Equal(["x", "y", "z"], answer.Matches.Select(match => match.Identity));
    }

    [Fact]
    public async Task Search_OneExample_IsTheQueryItself()
    {
        string gallery = await FilledAsync();
        SearchResponse answer = await service.Client.SearchAsync(
            gallery, new() { Positives = [new() { Vector = [2, 1, 0, 0] }], IncludeVector = true }, Cancelled);
        Assert.Null(answer.Query);
        Assert.Equal([2, 1, 0, 0], answer.Vector!);
    }

    [Fact]
    public async Task Search_FormWithSeveralFiles_TakesThemAsExamples()
    {
        string gallery = await service.CreateGalleryAsync(new() { Model = "default" });
        await service.Client.EnrolFileAsync(gallery, "red", Picture(250, 10, 10), cancellationToken: Cancelled);
        await service.Client.EnrolFileAsync(gallery, "blue", Picture(10, 10, 250), cancellationToken: Cancelled);
        using MultipartFormDataContent form = new()
        {
            { new ByteArrayContent(Picture(250, 10, 10)), "file", "a.png" },
            { new ByteArrayContent(Picture(240, 20, 10)), "file", "b.png" },
            { new ByteArrayContent(Picture(10, 10, 250)), "negativeFile", "c.png" },
            { new StringContent("0.5"), "negativeWeight" },
        };
        using HttpResponseMessage response = await service.Http.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search", form, Cancelled);
        SearchResponse answer = (await response.Content.ReadFromJsonAsync<SearchResponse>(
            GalleryJson.Options, Cancelled))!;
        Assert.Equal((2, 1), (answer.Query!.Positives, answer.Query.Negatives));
        Assert.Equal("red", answer.Matches[0].Identity);
    }

    [Theory]
    [InlineData("""{"positives":[]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[null]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"vector":[1,0,0,0],"identityId":"x"}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"imageId":"only"}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"nonsense":1}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"image":"no base64!"}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,0,0,0],"positives":[{"identityId":"x"}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"vector":[1,0,0,0],"negatives":[{"identityId":"x"}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"negatives":[{"identityId":"x"}]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"identityId":"x"}],"negativeWeight":1.5}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"identityId":"x"}],"negativeWeight":-1}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"positives":[{"identityId":"x"},{"vector":[1,2]}]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"positives":[{"vector":[1,0,0,0]},{"vector":[-2,0,0,0]}]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"positives":[{"vector":[1,0,0,0]},{"vector":[0,0,0,0]}]}""", ErrorCodes.InvalidEmbedding)]
    [InlineData("""{"positives":[{"image":"AAAA"}]}""", ErrorCodes.NoModel)]
    public async Task Search_WrongExamples_AreRefused(string body, string code)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search", body);
        await RunningService.ProblemAsync(response, RunningService.RefusalOf(code), code);
    }

    [Fact]
    public async Task Search_MoreExamplesThanPossible_IsRefused()
    {
        string gallery = await FilledAsync();
        QueryExample[] examples =
            [.. Enumerable.Repeat(new QueryExample { IdentityId = "x" }, SearchRequest.MaxExamples)];
        await service.Client.SearchAsync(gallery, new() { Positives = examples }, Cancelled);
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(() => service.Client.SearchAsync(
            gallery, new() { Positives = examples, Negatives = [new() { IdentityId = "y" }] }, Cancelled));
        Assert.Equal((400, ErrorCodes.InvalidRequest), (exception.Status, exception.Code));
    }

    private static byte[] Picture(byte red, byte green, byte blue) =>
        PngFile.Rgb(8, 8, [.. Enumerable.Range(0, 64).SelectMany(_ => new[] { red, green, blue })]);

    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"x","vector":[1,0,0,0]}
            {"identity":"y","vector":[0,1,0,0]}
            {"identity":"z","vector":[0,0,1,0],"imageId":"only"}
            """);
        return gallery;
    }
}

using System.Text;
using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class ProblemTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nothing", 404, ErrorCodes.RouteNotFound)]
    [InlineData("GET", "/v2/galleries", 404, ErrorCodes.RouteNotFound)]
    [InlineData("PUT", "/v1/galleries", 405, ErrorCodes.MethodNotAllowed)]
    [InlineData("POST", "/v1/galleries/g", 405, ErrorCodes.MethodNotAllowed)]
    [InlineData("DELETE", "/v1/galleries/g/identities/", 405, ErrorCodes.MethodNotAllowed)]
    [InlineData("GET", "/v1/galleries/nobody", 404, ErrorCodes.GalleryNotFound)]
    [InlineData("POST", "/v1/galleries/nobody:verify", 404, ErrorCodes.GalleryNotFound)]
    [InlineData("DELETE", "/v1/galleries/nobody", 404, ErrorCodes.GalleryNotFound)]
    [InlineData("GET", "/v1/galleries/nobody/identities", 404, ErrorCodes.GalleryNotFound)]
    [InlineData("GET", "/v1/galleries/nobody/identities/a/images", 404, ErrorCodes.GalleryNotFound)]
    [InlineData("GET", "/v1/galleries/%2Fa", 400, ErrorCodes.InvalidId)]
    public async Task AnyFailure_IsAnsweredWithProblemDetails(string method, string path, int status, string code)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
        await RunningService.ProblemAsync(response, status, code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task OtherMediaType_IsAnsweredWithWhatIsTaken(string contentType)
    {
        using HttpResponseMessage response = await service.PostAsync("/v1/galleries", "{}", contentType);
        Problem problem = await RunningService.ProblemAsync(response, 415, ErrorCodes.UnsupportedMediaType);
        Assert.Contains("application/json", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MalformedJson_IsAnsweredWithLineAndField()
    {
        using HttpResponseMessage type = await service.PostAsync(
            "/v1/galleries", "{\"name\":\"a\",\n\"dimension\":\"x\"}");
        Problem problem = await RunningService.ProblemAsync(type, 400, ErrorCodes.InvalidRequest);
        Assert.Contains("line 2", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("field dimension", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.Detail, StringComparison.Ordinal);
        using HttpResponseMessage syntax = await service.PostAsync("/v1/galleries", "{\"name\":");
        await RunningService.ProblemAsync(syntax, 400, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task JsonOverTheLimit_IsTooLarge()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/galleries")
        {
            Content = new StringContent(
                $$"""{"name":"{{new string('x', 17 * 1024 * 1024)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
        await RunningService.ProblemAsync(response, 413, ErrorCodes.TooLarge);
    }

    [Theory]
    [InlineData("/livez", "live")]
    [InlineData("/readyz", "ready")]
    public async Task Health_RunningService_IsWell(string path, string status)
    {
        string body = await service.Http.GetStringAsync(new Uri(path, UriKind.Relative), Cancelled);
        Assert.Equal($$"""{"status":"{{status}}"}""", body);
    }

    [Fact]
    public async Task OpenApi_Document_NamesEveryRouteAndItsBodies()
    {
        string text = await service.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancelled);
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement paths = document.RootElement.GetProperty("paths");
        Assert.Equal(
            [
                "/livez",
                "/readyz",
                "/v1/cluster",
                "/v1/galleries",
                "/v1/galleries/{gallery}",
                "/v1/galleries/{gallery}/identities",
                "/v1/galleries/{gallery}/identities/{identity}",
                "/v1/galleries/{gallery}/identities/{identity}/images",
                "/v1/galleries/{gallery}/identities/{identity}/images/{image}",
                "/v1/galleries/{gallery}/identities/{identity}/images:move",
                "/v1/galleries/{gallery}/identities/{identity}/insight",
                "/v1/galleries/{gallery}/identities/{identity}:merge",
                "/v1/galleries/{gallery}/identities/{identity}:rename",
                "/v1/galleries/{gallery}/images:ingest",
                "/v1/galleries/{gallery}/operations/{operation}",
                "/v1/galleries/{gallery}/operations/{operation}:undo",
                "/v1/galleries/{gallery}/search",
                "/v1/galleries/{gallery}:verify",
            ],
            paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        JsonElement search = paths.GetProperty("/v1/galleries/{gallery}/search").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content");
        JsonElement vector = search.GetProperty("application/json").GetProperty("schema").GetProperty("properties")
            .GetProperty("vector");
        Assert.Equal(2, vector.GetProperty("oneOf").GetArrayLength());
        Assert.True(search.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties")
            .TryGetProperty("file", out _));
    }
}

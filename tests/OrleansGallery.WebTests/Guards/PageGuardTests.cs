using System.Net;
using System.Net.WebSockets;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Guards;

/// <summary>What browsers are told, and who is kept off the page's connection. No browser is needed.</summary>
public sealed class PageGuardTests : IAsyncLifetime
{
    private OwnService _service = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await OwnService.StartAsync();
        _http = new HttpClient { BaseAddress = _service.Url };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/search?gallery=a")]
    [InlineData("/page/page.js")]
    [InlineData("/page/page.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js")]
    public async Task Get_PageAndItsFiles_AreThereWithTheirHeaders(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Get_TheReference_LetsNoScriptRunButTheServicesOwn()
    {
        string first = await ScriptsOfAsync("/reference/");
        string second = await ScriptsOfAsync("/reference/");

        Assert.Matches("^script-src 'self' 'nonce-[0-9a-f]{32}'$", first);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("/thumbnail", 400)]
    [InlineData("/thumbnail?gallery=none&identity=a&image=b", 404)]
    public async Task Get_ThumbnailThatIsNot_SaysSoWithTheHeaders(string path, int status)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Get_FileAgain_IsNotSentTwice()
    {
        using HttpResponseMessage first = await _http.GetAsync("/page/page.js", Cancelled);
        using HttpRequestMessage again = new(HttpMethod.Get, "/page/page.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using HttpResponseMessage second = await _http.SendAsync(again, Cancelled);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("http://evil.example", 400)]
    [InlineData("null", 400)]
    [InlineData("http://localhost:1", 403)]
    [InlineData("https://127.0.0.1", 403)]
    public async Task Circuit_OtherOrigin_IsRefused(string origin, int status)
    {
        using HttpRequestMessage negotiate = new(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        Assert.True(negotiate.Headers.TryAddWithoutValidation("Origin", origin));
        using HttpResponseMessage response = await _http.SendAsync(negotiate, Cancelled);
        Assert.Equal(status, (int)response.StatusCode);

        using ClientWebSocket socket = await ConnectAsync(origin);
        Assert.Equal(status, (int)socket.HttpStatusCode);
        Assert.NotEqual(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Circuit_OwnOriginAndNone_AreTaken()
    {
        using ClientWebSocket own = await ConnectAsync(_service.Url.GetLeftPart(UriPartial.Authority));
        using ClientWebSocket none = await ConnectAsync(null);

        Assert.Equal(WebSocketState.Open, own.State);
        Assert.Equal(WebSocketState.Open, none.State);
    }

    [Fact]
    public async Task Circuit_OtherHost_IsRefused()
    {
        using HttpRequestMessage page = new(HttpMethod.Get, "/");
        page.Headers.Host = "evil.example";

        using HttpResponseMessage response = await _http.SendAsync(page, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<string> ScriptsOfAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, Cancelled);
        string html = await response.Content.ReadAsStringAsync(Cancelled);
        string scripts = Assert.Single(response.Headers.GetValues("Content-Security-Policy")).Split(';')[0];
        string nonce = scripts.Split('\'')[3].Replace("nonce-", string.Empty, StringComparison.Ordinal);
        Assert.Equal(html.Split("<script").Length, html.Split($"nonce=\"{nonce}\"").Length);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return scripts;
    }

    private async Task<ClientWebSocket> ConnectAsync(string? origin)
    {
        ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(_service.Url) { Scheme = "ws", Path = "/_blazor" }.Uri, Cancelled);
        }
        catch (WebSocketException)
        {
            // Refused; the status says how.
        }

        return socket;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Guards;

/// <summary>Signing in to the page of a service that asks for keys. No browser is needed.</summary>
public sealed partial class SignInTests : IAsyncLifetime
{
    private OwnService _service = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await OwnService.StartAsync("required");
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = _service.Url,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Get_ThePageWithoutASession_LeadsToTheForm_AndItsCircuitIsRefused()
    {
        using HttpResponseMessage page = await GetAsync("/search?gallery=a");
        using HttpResponseMessage circuit =
            await _http.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null, Cancelled);
        using HttpResponseMessage style = await _http.GetAsync("/page/page.css", Cancelled);
        using HttpResponseMessage form = await GetAsync("/sign-in");

        Assert.Equal(
            (HttpStatusCode.Redirect, "/sign-in?to=%2Fsearch%3Fgallery%3Da"),
            (page.StatusCode, page.Headers.Location?.OriginalString));
        using HttpResponseMessage reference = await GetAsync("/reference/");
        Assert.Equal(
            (HttpStatusCode.Redirect, "/sign-in?to=%2Freference%2F"),
            (reference.StatusCode, reference.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.Unauthorized, circuit.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (style.StatusCode, form.StatusCode));
        Assert.Contains("frame-ancestors 'none'", $"{form.Headers.GetValues("Content-Security-Policy").Single()}",
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithAKey_OpensThePageByACookieThatNoScriptAndNoOtherSiteHas()
    {
        string key = await _service.MakeKeyAsync(KeyRole.Read);

        using HttpResponseMessage signedIn = await SignInAsync(key, "/cluster");

        Assert.Equal(
            (HttpStatusCode.Redirect, "/cluster"), (signedIn.StatusCode, signedIn.Headers.Location?.OriginalString));
        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single(
            text => text.StartsWith("gallery-key=", StringComparison.Ordinal));
        Assert.All(
            (string[])["httponly", "samesite=strict", "path=/"],
            rule => Assert.Contains(rule, cookie, StringComparison.Ordinal));
        Assert.DoesNotContain(key, cookie, StringComparison.Ordinal);

        string session = cookie.Split(';')[0];
        using HttpResponseMessage page = await GetAsync("/cluster", session);
        using HttpResponseMessage circuit = await PostAsync("/_blazor/negotiate?negotiateVersion=1", [], session);
        using HttpResponseMessage read = await GetAsync("/v1/galleries", session);
        using HttpResponseMessage write = await PostAsync("/v1/galleries", [], session);
        // With the visitor's key: without one it would not hear that there is no such gallery.
        using HttpResponseMessage thumbnail = await GetAsync("/thumbnail?gallery=none&identity=a&image=b", session);
        Assert.Equal(HttpStatusCode.NotFound, thumbnail.StatusCode);
        Assert.Equal("application/problem+json", thumbnail.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ErrorCodes.GalleryNotFound,
            (await thumbnail.Content.ReadFromJsonAsync<Problem>(GalleryJson.Options, Cancelled))?.Code);
        using HttpResponseMessage reference = await GetAsync("/reference/", session);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK),
            (page.StatusCode, circuit.StatusCode, reference.StatusCode));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (read.StatusCode, write.StatusCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gk_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Schlüssel")]
    [InlineData("gk_\u0001")]
    public async Task SignIn_WithWhatIsNoKey_ShowsTheFormAgain(string key)
    {
        using HttpResponseMessage refused = await SignInAsync(key, "/");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("role=\"alert\"", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain(
            refused.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies : [],
            cookie => cookie.StartsWith("gallery-key=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/sign-in?to=/sign-in")]
    public async Task SignIn_ThatWouldLeadElsewhere_LeadsToThePage(string to)
    {
        using HttpResponseMessage signedIn = await SignInAsync(await _service.MakeKeyAsync(KeyRole.Read), to);
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_ThatLeadsToANameOfOtherLetters_LeadsThere()
    {
        using HttpResponseMessage signedIn =
            await SignInAsync(await _service.MakeKeyAsync(KeyRole.Read), "/identities/ä 日?a=%2F");
        Assert.Equal("/identities/%C3%A4%20%E6%97%A5?a=%2F", signedIn.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    public async Task Post_WhatIsNoFormOrALargeOne_IsRefused(string path)
    {
        using ByteArrayContent broken = new("--a\r\nContent-Disposition: form-data; name=key\r\n\r\n"u8.ToArray());
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=a");
        using HttpResponseMessage cut = await _http.PostAsync(path, broken, Cancelled);
        using HttpResponseMessage large = await PostAsync(path, [new("key", new string('a', 10_000))], cookie: null);
        using StringContent text = new("key");
        using HttpResponseMessage none = await _http.PostAsync(path, text, Cancelled);

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest),
            (cut.StatusCode, large.StatusCode, none.StatusCode));
    }

    [Fact]
    public async Task Get_TheFormWithASession_TakesAnotherKey()
    {
        using HttpResponseMessage signedIn = await SignInAsync(await _service.MakeKeyAsync(KeyRole.Read), "/");
        string session = signedIn.Headers.GetValues("Set-Cookie").Single(
            text => text.StartsWith("gallery-key=", StringComparison.Ordinal)).Split(';')[0];

        using HttpResponseMessage form = await GetAsync("/sign-in", session);

        string html = await form.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("action=\"/sign-out\"", html, StringComparison.Ordinal);
        Assert.Contains("name=\"key\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsToken_OrFromAnotherSite_IsRefused()
    {
        string key = await _service.MakeKeyAsync(KeyRole.Read);
        using HttpResponseMessage forged = await PostAsync("/sign-in", [new("key", key)], cookie: null);
        using HttpResponseMessage foreign =
            await PostAsync("/sign-in", [new("key", key)], cookie: null, origin: "https://evil.example");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (forged.StatusCode, foreign.StatusCode));
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        using HttpResponseMessage signedIn = await SignInAsync(await _service.MakeKeyAsync(KeyRole.Read), "/");
        string session = signedIn.Headers.GetValues("Set-Cookie").Single(
            text => text.StartsWith("gallery-key=", StringComparison.Ordinal)).Split(';')[0];
        (string token, string cookie) = await FormAsync(session);

        using HttpResponseMessage signedOut = await PostAsync(
            "/sign-out", [new("__RequestVerificationToken", token)], $"{session}; {cookie}");

        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Contains(signedOut.Headers.GetValues("Set-Cookie"), text =>
            text.StartsWith("gallery-key=;", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> SignInAsync(string key, string to)
    {
        (string token, string cookie) = await FormAsync(session: null);
        return await PostAsync(
            "/sign-in", [new("__RequestVerificationToken", token), new("key", key), new("to", to)], cookie);
    }

    private async Task<(string Token, string Cookie)> FormAsync(string? session)
    {
        using HttpResponseMessage form = await GetAsync("/sign-in", session);
        string html = await form.Content.ReadAsStringAsync(Cancelled);
        return (Token().Match(html).Groups[1].Value, form.Headers.GetValues("Set-Cookie").Single(
            text => text.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0]);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? cookie = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        AddCookie(request, cookie);
        return await _http.SendAsync(request, Cancelled);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path, KeyValuePair<string, string>[] fields, string? cookie, string? origin = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        AddCookie(request, cookie);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await _http.SendAsync(request, Cancelled);
    }

    private static void AddCookie(HttpRequestMessage request, string? cookie)
    {
        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

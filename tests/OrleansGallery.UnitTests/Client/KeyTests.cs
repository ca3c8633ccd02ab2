using System.Net;
using System.Net.Http.Headers;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Client;

/// <summary>What a key changes for the client.</summary>
public sealed class KeyTests
{
    private const string Key = "gk_0123456789abcdef_00";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_WithAKey_CarryIt()
    {
        Service service = new(refusals: 0);
        using GalleryClient client = service.Connect(Key);

        await client.RevokeKeyAsync("a", Cancelled);
        await client.WithLimit(TimeSpan.FromSeconds(1)).RevokeKeyAsync("a", Cancelled);
        await client.WithKey("other").RevokeKeyAsync("a", Cancelled);
        await client.WithKey(null).RevokeKeyAsync("a", Cancelled);

        Assert.Equal([$"Bearer {Key}", $"Bearer {Key}", "Bearer other", "-"], service.Authorizations);
    }

    [Fact]
    public async Task Request_ThatIsRateLimited_IsSentAgainWhenItMay()
    {
        Service service = new(refusals: 3);
        using GalleryClient client = service.Connect(Key);

        KeyResponse made = await client.CreateKeyAsync(
            new CreateKeyRequest { Name = "a", Role = KeyRole.Read }, Cancelled);

        Assert.Equal("a", made.Id);
        Assert.Equal(4, service.Bodies.Count);
        Assert.All(service.Bodies, body => Assert.Contains("\"name\":\"a\"", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_ThatIsRateLimitedForLongerThanItMayTake_Fails()
    {
        Service service = new(refusals: 1, pauseSeconds: 101);
        using GalleryClient client = service.Connect(Key);

        GalleryApiException refused =
            await Assert.ThrowsAsync<GalleryApiException>(() => client.RevokeKeyAsync("a", Cancelled));

        Assert.Equal((429, ErrorCodes.RateLimited, true), (refused.Status, refused.Code, refused.Retryable));
        Assert.Equal(TimeSpan.FromSeconds(101), refused.RetryAfter);
    }

    private sealed class Service(int refusals, int pauseSeconds = 0) : HttpMessageHandler
    {
        public List<string> Authorizations { get; } = [];

        public List<string> Bodies { get; } = [];

        public GalleryClient Connect(string key) => new(
            new HttpClient(this) { BaseAddress = new Uri("http://gallery.test/") },
            new GalleryClientOptions { Key = key });

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Add(request.Headers.Authorization?.ToString() ?? "-");
            Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            if (Authorizations.Count > refusals)
            {
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        """{"id":"a","name":"a","role":"read","createdAt":"2026-01-01T00:00:00Z"}"""),
                };
            }

            HttpResponseMessage response = new(HttpStatusCode.TooManyRequests)
            {
                Content = new StringContent("""{"code":"rate_limited","detail":"many","retryable":true}"""),
            };
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(pauseSeconds));
            return response;
        }
    }
}

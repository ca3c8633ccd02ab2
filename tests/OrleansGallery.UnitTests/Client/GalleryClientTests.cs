using System.Net;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Client;

public sealed class GalleryClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("p 42", "p%2042")]
    [InlineData("🦊", "%F0%9F%A6%8A")]
    [InlineData("a:b?c#d", "a%3Ab%3Fc%23d")]
    [InlineData("%2F", "%252F")]
    [InlineData("...", "...")]
    public async Task GetIdentityAsync_StrangeId_IsEscapedOnce(string id, string segment)
    {
        (GalleryClient client, List<Uri> requests) = Client(HttpStatusCode.NotFound);
        await Assert.ThrowsAsync<GalleryApiException>(() => client.GetIdentityAsync("g", id, Cancelled));
        Assert.Equal($"http://gallery.test/v1/galleries/g/identities/{segment}", Assert.Single(requests).AbsoluteUri);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    public async Task DeleteIdentityAsync_IdThatWouldNameTheGallery_IsNotSent(string id)
    {
        (GalleryClient client, List<Uri> requests) = Client(HttpStatusCode.OK);
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.DeleteIdentityAsync("g", id, Cancelled));
        Assert.Equal(ErrorCodes.InvalidId, exception.Code);
        Assert.Empty(requests);
    }

    [Fact]
    public async Task GetGalleryAsync_Problem_IsThrownWithAllItSays()
    {
        using GalleryClient client = new(new HttpClient(
            new Answering(FakeService.Problem(503, ErrorCodes.Overloaded, retryable: true), []))
        {
            BaseAddress = new Uri("http://gallery.test/"),
        });
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.GetGalleryAsync("g", Cancelled));
        Assert.Equal((503, ErrorCodes.Overloaded, true), (exception.Status, exception.Code, exception.Retryable));
        Assert.Equal("It is overloaded.", exception.Detail);
    }

    [Fact]
    public async Task WithLimit_EveryRequest_TellsTheServiceAndTheRetryIsTold()
    {
        HttpResponseMessage busy = FakeService.Problem(503, ErrorCodes.Overloaded, retryable: true);
        busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
        List<Uri> requests = [];
        using HttpClient http = new(new Answering(busy, requests)) { BaseAddress = new Uri("http://gallery.test/") };
        using GalleryClient client = new GalleryClient(http).WithLimit(TimeSpan.FromMilliseconds(250));
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.ListIdentitiesAsync("g", cancellationToken: Cancelled));
        Assert.Equal(TimeSpan.FromSeconds(7), exception.RetryAfter);
        Assert.Equal("?limit=100&timeoutMs=250", Assert.Single(requests).Query);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_001)]
    public void WithLimit_OutsideItsRange_IsRefused(int milliseconds)
    {
        (GalleryClient client, _) = Client(HttpStatusCode.OK);
        Assert.Throws<ArgumentOutOfRangeException>(() => client.WithLimit(TimeSpan.FromMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    public async Task GetGalleryAsync_SomebodyElsesError_IsToldByItsStatus(HttpStatusCode status, bool retryable)
    {
        (GalleryClient client, _) = Client(status, "<html>proxy</html>");
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.GetGalleryAsync("g", Cancelled));
        Assert.Equal(((int?)status, retryable), (exception.Status, exception.Retryable));
    }

    [Fact]
    public async Task GetGalleryAsync_NobodyListens_SaysWhatToDo()
    {
        using GalleryClient client = new(new Uri("http://127.0.0.1:1"));
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.GetGalleryAsync("g", Cancelled));
        Assert.Contains("No service at http://127.0.0.1:1", exception.Detail, StringComparison.Ordinal);
        Assert.Contains("GALLERY_URL", exception.Detail, StringComparison.Ordinal);
        Assert.False(await client.IsReadyAsync(Cancelled));
    }

    private static (GalleryClient Client, List<Uri> Requests) Client(HttpStatusCode status, string body = "{}")
    {
        List<Uri> requests = [];
        HttpResponseMessage response = new(status) { Content = new StringContent(body) };
        return (new GalleryClient(new HttpClient(new Answering(response, requests))
        {
            BaseAddress = new Uri("http://gallery.test/"),
        }), requests);
    }

    private sealed class Answering(HttpResponseMessage response, List<Uri> requests) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            requests.Add(request.RequestUri!);
            return Task.FromResult(response);
        }
    }
}

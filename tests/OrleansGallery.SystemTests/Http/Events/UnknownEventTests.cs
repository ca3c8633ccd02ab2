using System.Net;
using System.Text;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

public sealed class UnknownEventTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchAsync_AnEventOfAKindThatIsNotKnown_EndsTheStreamAndSaysWhich()
    {
        using LaterService service = new();
        using HttpClient http = new(service) { BaseAddress = new Uri("http://later.test/") };
        using GalleryClient client = new(http);
        await using IAsyncEnumerator<GalleryEvent> events =
            client.WatchAsync("people", null, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("anna", events.Current.Identity);

        GalleryApiException over = await Assert.ThrowsAsync<GalleryApiException>(
            () => events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancelled));

        Assert.False(over.Retryable);
        Assert.Contains("renamed", over.Detail, StringComparison.Ordinal);
        Assert.Equal(1, service.Asked);
    }

    private sealed class LaterService : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            const string Events = """
                data: {"kind":"founded","identity":"anna"}
                id: 1

                data: {"kind":"renamed","identity":"anna"}
                id: 2


                """;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(Events, Encoding.UTF8, "text/event-stream"),
            });
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Streams of events and what ends them, with services of their own.</summary>
public sealed class EventStreamLifeTests : IDisposable
{
    private const string Gallery = "people";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchAsync_TheServiceIsStartedAnew_GoesOnWhereItWas()
    {
        WebApplication app = await StartAsync();
        Uri url = GalleryHost.AddressOf(app);
        using GalleryClient client = new(url);
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = 4, Partitions = 4 }, Cancelled);
        await EnrolAsync(client, "anna", 1);
        await using IAsyncEnumerator<GalleryEvent> events = client.WatchAsync(
            Gallery, new WatchRequest { Cursor = WatchRequest.Start }, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("anna", GalleryEventKind.Founded), (events.Current.Identity, events.Current.Kind));
        Task<bool> next = events.MoveNextAsync().AsTask();

        await StopAsync(app);
        WebApplication again = await StartAsync(("Urls", url.ToString()));
        await EnrolAsync(client, "bob", 1);

        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(60), Cancelled));
        Assert.Equal(("bob", GalleryEventKind.Founded), (events.Current.Identity, events.Current.Kind));
        Assert.NotNull(events.Current.Cursor);
        await client.DeleteGalleryAsync(Gallery, Cancelled);
        GalleryApiException over = await Assert.ThrowsAsync<GalleryApiException>(
            () => events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancelled));
        Assert.Equal(ErrorCodes.GalleryNotFound, over.Code);
        await StopAsync(again);
    }

    [Fact]
    public async Task Watch_AsManyAsMayBe_OneMoreIsRefused_UntilOneIsGone()
    {
        WebApplication app = await StartAsync(("MaxEventStreams", "1"));
        using HttpClient http = new() { BaseAddress = GalleryHost.AddressOf(app) };
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = 4, Partitions = 2 }, Cancelled);
        using (await EventTap.OpenAsync(http, Gallery))
        {
            using HttpResponseMessage refused = await EventTap.AskAsync(http, Gallery);
            Problem problem = await RunningService.ProblemAsync(refused, 503, ErrorCodes.Overloaded);
            Assert.Contains("Server:MaxEventStreams", problem.Detail, StringComparison.Ordinal);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using HttpResponseMessage next = await EventTap.AskAsync(http, Gallery);
            if (next.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            await Task.Delay(50, limit.Token);
        }

        await StopAsync(app);
    }

    [Fact]
    public async Task Watch_TheServiceStops_TheStreamEndsAtOnceAndSaysThatItMayBeResumed()
    {
        WebApplication app = await StartAsync();
        using HttpClient http = new() { BaseAddress = GalleryHost.AddressOf(app) };
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = 4, Partitions = 2 }, Cancelled);
        using EventTap tap = await EventTap.OpenAsync(http, Gallery);
        Task stopping = StopAsync(app);

        GalleryEvent end = await tap.NextAsync();

        Assert.Equal((GalleryEventKind.End, ErrorCodes.Retry, true), (end.Kind, end.Error!.Code, end.Error.Retryable));
        Assert.Null(await tap.TryNextAsync());
        await stopping.WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<EnrolImageResponse> EnrolAsync(GalleryClient client, string identity, int image) =>
        client.EnrolAsync(
            Gallery, identity, new() { Vector = [1, image, 0, 1], ImageId = $"{image}" }, Cancelled);

    private static async Task StopAsync(WebApplication app)
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task<WebApplication> StartAsync(params (string Name, string Value)[] settings)
    {
        WebApplication app = RunningService.Build(_folder.File("data"), settings);
        await app.StartAsync(Cancelled);
        return app;
    }
}

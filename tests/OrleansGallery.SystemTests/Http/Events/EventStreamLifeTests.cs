using System.Net;
using System.Net.Sockets;
using System.Text;
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
        // The next one has another port: somebody may have taken the old one meanwhile.
        Uri url = GalleryHost.AddressOf(app);
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, cancelled) =>
            {
                TcpClient connection = new();
                await connection.ConnectAsync(url.Host, url.Port, cancelled);
                return connection.GetStream();
            },
        };
        using HttpClient http = new(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        using GalleryClient client = new(http);
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = 4, Partitions = 4 }, Cancelled);
        await EnrolAsync(client, "anna", 1);
        await using IAsyncEnumerator<GalleryEvent> events = client.WatchAsync(
            Gallery, new WatchRequest { Cursor = WatchRequest.Start }, Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("anna", GalleryEventKind.Founded), (events.Current.Identity, events.Current.Kind));
        Task<bool> next = events.MoveNextAsync().AsTask();

        await StopAsync(app);
        WebApplication again = await StartAsync();
        url = GalleryHost.AddressOf(again);
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

        await UntilOpenAsync(http);
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

    [Fact]
    public async Task Watch_TheServiceIsKilled_ThePositionHoldsInTheNextOne()
    {
        string position;
        using (GalleryProcess killed = await GalleryProcess.StartAsync(_folder.File("data")))
        {
            using GalleryClient client = killed.Connect();
            using HttpClient http = new() { BaseAddress = killed.Url };
            await client.CreateGalleryAsync(
                new CreateGalleryRequest { Name = Gallery, Dimension = 4, Partitions = 4 }, Cancelled);
            await EnrolAsync(client, "bob", 1);
            using EventTap tap = await EventTap.OpenAsync(http, Gallery, "?cursor=start");
            Assert.Equal("bob", (await tap.NextAsync()).Identity);
            position = tap.Position;
            await EnrolAsync(client, "anna", 1);
            await client.DeleteIdentityAsync(Gallery, "bob", cancellationToken: Cancelled);
            killed.Kill();
        }

        using GalleryProcess next = await GalleryProcess.StartAsync(_folder.File("data"));
        using HttpClient again = new() { BaseAddress = next.Url };
        using EventTap resumed = await EventTap.OpenAsync(again, Gallery, last: position);
        IReadOnlyList<GalleryEvent> events = await resumed.NextAsync(2);

        Assert.Equal("anna", events.Single(one => one.Kind == GalleryEventKind.Founded).Identity);
        Assert.Equal(
            EventRouteTests.DigestOf("bob"), events.Single(one => one.Kind == GalleryEventKind.Removed).Digest);
    }

    [Fact]
    public async Task Watch_AReaderThatReadsNothing_IsClosed()
    {
        WebApplication app = await StartAsync(("MaxEventStreams", "1"));
        Uri url = GalleryHost.AddressOf(app);
        using HttpClient http = new() { BaseAddress = url };
        await EnrolMoreThanSocketsHoldAsync(url);
        using TcpClient silent = await AskAndReadNothingAsync(url);
        using (HttpResponseMessage refused = await EventTap.AskAsync(http, Gallery))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await UntilOpenAsync(http);
        Assert.True(silent.Connected);
        await StopAsync(app);
    }

    [Fact]
    public async Task Watch_AReaderThatReadsNothing_DoesNotHoldTheShutdownUp()
    {
        WebApplication app = await StartAsync();
        Uri url = GalleryHost.AddressOf(app);
        await EnrolMoreThanSocketsHoldAsync(url);
        using TcpClient silent = await AskAndReadNothingAsync(url);
        // Until the sockets are full.
        await Task.Delay(TimeSpan.FromSeconds(3), Cancelled);

        // Else the last flush would have as long again.
        await StopAsync(app).WaitAsync(EventSession.MaxStall, Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task EnrolMoreThanSocketsHoldAsync(Uri url)
    {
        using GalleryClient client = new(url);
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Dimension = 4, Partitions = 4 }, Cancelled);
        // Ids are as long as they may be.
        string tail = new('x', 240);
        await foreach (IngestAck ack in client.IngestAsync(
            Gallery,
            Enumerable.Range(0, 24_000)
                .Select(i => new IngestItem { Identity = $"{i}{tail}", Vector = [1, 2, i % 9, 3] })
                .ToAsyncEnumerable(),
            cancellationToken: Cancelled))
        {
            Assert.Equal(EnrolStatus.Searchable, ack.Status);
        }
    }

    private static async Task<TcpClient> AskAndReadNothingAsync(Uri url)
    {
        TcpClient silent = new() { ReceiveBufferSize = 4_096 };
        await silent.ConnectAsync(url.Host, url.Port, Cancelled);
        await silent.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /v1/galleries/{Gallery}/events?cursor=start HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n"),
            Cancelled);
        Assert.True(await silent.GetStream().ReadAsync(new byte[100], Cancelled) > 0);
        return silent;
    }

    private static async Task UntilOpenAsync(HttpClient http)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using HttpResponseMessage next = await EventTap.AskAsync(http, Gallery);
            if (next.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(50, limit.Token);
        }
    }

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

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Requests that may take so long and no longer, and those whose callers go away.</summary>
public sealed class DeadlineTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("timeoutMs=0")]
    [InlineData("timeoutMs=-5")]
    [InlineData("timeoutMs=60001")]
    [InlineData("timeoutMs=1.5")]
    [InlineData("timeoutMs=soon")]
    [InlineData("timeoutMs=1&timeoutMs=2")]
    public async Task Request_TimeoutThatIsNone_IsRefused(string query)
    {
        using HttpResponseMessage response = await service.Http.GetAsync(
            new Uri($"/v1/galleries?{query}", UriKind.Relative), Cancelled);
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Ingest_WithTimeout_IsRefused()
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/images:ingest?timeoutMs=5", "{}");
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Client_WithLimit_SendsItAndIsAnsweredWithinIt()
    {
        string gallery = await service.CreateGalleryAsync();
        using GalleryClient client = service.Client.WithLimit(TimeSpan.FromSeconds(20));
        await client.EnrolAsync(gallery, "x", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        SearchResponse answer = await client.SearchAsync(gallery, new() { IdentityId = "x" }, Cancelled);
        Assert.Equal((1, false), (answer.Matches.Count, answer.Partial));
        Assert.Single((await client.ListIdentitiesAsync(gallery, cancellationToken: Cancelled)).Identities);
    }

    [Fact]
    public async Task Guard_TimeIsOver_CancelsTheWorkAndSaysSo()
    {
        FakeTimeProvider time = new();
        TaskCompletionSource begun = new();
        DefaultHttpContext context = Request("?timeoutMs=250");
        DeadlineGuard guard = new(
            async inner =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, inner.RequestAborted);
            },
            time);
        Task running = guard.InvokeAsync(context);
        await begun.Task;
        Assert.Equal(250, RequestDeadline.Of(context)!.Left.TotalMilliseconds);
        time.Advance(TimeSpan.FromMilliseconds(250));
        TimedOutException exception = await Assert.ThrowsAsync<TimedOutException>(() => running);
        Failure failure = ErrorMapping.Of(exception);
        Assert.Equal((504, ErrorCodes.TimedOut, true), (failure.Status, failure.Code, failure.Retryable));
        Assert.Contains("250 ms", failure.Message, StringComparison.Ordinal);
        Assert.False(context.RequestAborted.IsCancellationRequested);
    }

    [Fact]
    public async Task Guard_ClientIsGone_IsNoTimeout()
    {
        using CancellationTokenSource client = new();
        DefaultHttpContext context = Request("?timeoutMs=60000");
        context.RequestAborted = client.Token;
        DeadlineGuard guard = new(
            async inner =>
            {
                await client.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, inner.RequestAborted);
            },
            new FakeTimeProvider());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => guard.InvokeAsync(context));
    }

    [Fact]
    public async Task Guard_TimeIsOverWhenTheAnswerIsThere_ItIsSentWhole()
    {
        FakeTimeProvider time = new();
        DefaultHttpContext context = Request("?timeoutMs=250");
        using MemoryStream body = new();
        context.Response.Body = body;
        DeadlineGuard guard = new(
            inner =>
            {
                time.Advance(TimeSpan.FromMilliseconds(250));
                Assert.True(inner.RequestAborted.IsCancellationRequested);
                return ((IResult)JsonAnswer.Of(TypedResults.Ok(new { found = 7 }))!).ExecuteAsync(inner);
            },
            time);
        await guard.InvokeAsync(context);
        Assert.Equal("""{"found":7}""", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task Guard_TimeIsOverWhenThePictureIsThere_ItIsSentWhole()
    {
        FakeTimeProvider time = new();
        DefaultHttpContext context = Request("?timeoutMs=250");
        context.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        using MemoryStream body = new();
        context.Response.Body = body;
        DeadlineGuard guard = new(
            inner =>
            {
                IResult picture = PictureEndpoints.Answer(
                    inner.Response, "a", "inline", new KeptFile { Bytes = [1, 2, 3], Hash = [4] });
                time.Advance(TimeSpan.FromMilliseconds(250));
                return picture.ExecuteAsync(inner);
            },
            time);
        await guard.InvokeAsync(context);
        Assert.Equal([1, 2, 3], body.ToArray());
    }

    [Fact]
    public async Task Request_FailureWithinItsTime_IsToldAsItIs()
    {
        using HttpResponseMessage response = await service.Http.GetAsync(
            new Uri("/v1/galleries/nobody?timeoutMs=60000", UriKind.Relative), Cancelled);
        await RunningService.ProblemAsync(response, 404, ErrorCodes.GalleryNotFound);
    }

    private static DefaultHttpContext Request(string query)
    {
        DefaultHttpContext context = new();
        context.Request.QueryString = new QueryString(query);
        context.SetEndpoint(new Endpoint(
            null, new EndpointMetadataCollection(new GalleryRouteMark()), "any of version 1"));
        return context;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

/// <summary>The time that a caller gives a request holds for the looking up of his key.</summary>
public sealed class KeyDeadlineTests(KeyedService service) : IClassFixture<KeyedService>
{
    private const string Key = "gk_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Guard_TimeIsOverWhileTheKeyIsLookedUp_SaysSo()
    {
        FakeTimeProvider time = new();
        IOptions<ServerOptions> options = Options.Create(new ServerOptions { Keys = "required" });
        TaskCompletionSource<IReadOnlyList<ApiKey>> never = new();
        KnownKeys keys = new(() => never.Task, time);
        KeyGuard guard = new(
            _ => Task.CompletedTask, keys, new KeyLimits(options, time), options, new StartedLifetime(), time);
        DefaultHttpContext context = new();
        context.Request.Headers["X-Api-Key"] = Key;
        context.Request.QueryString = new QueryString("?timeoutMs=250");
        context.SetEndpoint(new Endpoint(
            null, new EndpointMetadataCollection(new GalleryRouteMark()), "any of version 1"));

        Task running = new DeadlineGuard(guard.InvokeAsync, time).InvokeAsync(context);
        Assert.False(running.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(250));

        await Assert.ThrowsAsync<TimedOutException>(() => running);
    }

    [Fact]
    public async Task Request_OfAService_HasItsTimeBeforeItsKeyIsLookedUp()
    {
        using HttpResponseMessage response = await service.Http.GetAsync(
            new Uri("/v1/galleries?timeoutMs=0", UriKind.Relative), TestContext.Current.CancellationToken);
        await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
    }

    private sealed class StartedLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}

using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Searches whose scan does not end: nobody waits for it longer than he likes.</summary>
public sealed class HeldScanTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly EndedRequests _ended = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _scanning = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private GalleryClient _client = new(GalleryClientOptions.DefaultUrl);

    public HeldScanTests() => _app = RunningService.Build(_folder.Root, ("SearchDeadline", "00:01:00"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ScanQueue Queue => _app.Services.GetRequiredService<ScanQueue>();

    public async ValueTask InitializeAsync()
    {
        _ended.Watch(_app);
        await _app.StartAsync(Cancelled);
        _client = new GalleryClient(GalleryHost.AddressOf(_app));
        await _client.CreateGalleryAsync(new() { Name = "g", Dimension = 4, Partitions = 1 }, Cancelled);
        await _client.EnrolAsync("g", "x", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        await _client.SearchAsync("g", new() { IdentityId = "x" }, Cancelled);
        Queue.BeforeScan = _ =>
        {
            _scanning.TrySetResult();
            _release.Wait();
        };
    }

    public async ValueTask DisposeAsync()
    {
        _release.Set();
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _release.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Search_ClientGoesAway_EndsWithoutItsScan()
    {
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task<RequestLimits> end = _ended.Of("/v1/galleries/g/search");
        Task search = _client.SearchAsync("g", new() { Vector = [1, 0, 0, 0] }, gone.Token);
        await _scanning.Task.WaitAsync(Cancelled);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
        await end.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Queue.BeforeScan = null;
        _release.Set();
        Assert.Single((await _client.SearchAsync("g", new() { Vector = [1, 0, 0, 0] }, Cancelled)).Matches);
    }

    [Fact]
    public async Task Search_TimeIsOver_IsPartialOrTimedOut()
    {
        using HttpClient http = new() { BaseAddress = GalleryHost.AddressOf(_app) };
        using HttpResponseMessage response = await http.PostAsJsonAsync(
            "/v1/galleries/g/search?timeoutMs=300", new { vector = new[] { 1, 0, 0, 0 } }, Cancelled)
            .WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        if (response.IsSuccessStatusCode)
        {
            SearchResponse answer = (await response.Content.ReadFromJsonAsync<SearchResponse>(
                GalleryJson.Options, Cancelled))!;
            Assert.True(answer.Partial);
        }
        else
        {
            Problem problem = await RunningService.ProblemAsync(response, 504, ErrorCodes.TimedOut);
            Assert.Equal((true, TimeSpan.FromSeconds(1)), (problem.Retryable, response.Headers.RetryAfter?.Delta));
        }
    }
}

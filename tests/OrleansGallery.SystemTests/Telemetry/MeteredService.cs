using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Drawing;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>A process of its own: meters belong to a process, and other tests' services would be counted.</summary>
public sealed class MeteredService : IAsyncLifetime
{
    public const string Gallery = "metered-gallery";
    public const string Identity = "metered-identity";

    private readonly TemporaryFolder _folder = new();
    private byte[][] _pictures = [];
    private int _rounds;
    private GalleryProcess? _process;
    private GalleryClient? _client;
    private HttpClient? _http;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        DemoCatalogue catalogue = new(new CatalogueOptions { Products = 12 });
        _pictures = [.. catalogue.Draw(catalogue.Enrolled).Select(image => image.File)];
        _process = await GalleryProcess.StartAsync(_folder.File("data"));
        _client = _process.Connect();
        _http = new HttpClient { BaseAddress = _process.Url };
        await _client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Gallery, Model = "random", Partitions = 2 }, Cancelled);
    }

    public ValueTask DisposeAsync()
    {
        _http?.Dispose();
        _client?.Dispose();
        _process?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Enrols a picture by stream, and something that is none; searches for it, reads an event, and asks for
    /// what is not there.</summary>
    public async Task WorkAsync()
    {
        int round = _rounds++;
        IngestItem item = new()
        {
            Identity = $"{Identity}-{round}", ImageId = $"{round}", Image = _pictures[round], Facet = "one",
        };
        List<EnrolStatus> answers = [];
        await foreach (IngestAck ack in _client!.IngestAsync(
            Gallery, new[] { item, item with { ImageId = "none", Image = [1, 2, 3] } }.ToAsyncEnumerable(),
            cancellationToken: Cancelled))
        {
            answers.Add(ack.Status);
        }

        Assert.Equal([EnrolStatus.Searchable, EnrolStatus.Rejected], answers);

        SearchResponse answer = await _client.SearchFileAsync(Gallery, _pictures[round], cancellationToken: Cancelled);
        Assert.NotEmpty(answer.Matches);
        await foreach (GalleryEvent one in _client.WatchAsync(
            Gallery, new WatchRequest { Cursor = WatchRequest.Start }, Cancelled))
        {
            Assert.Equal(GalleryEventKind.Founded, one.Kind);
            break;
        }

        await Assert.ThrowsAsync<GalleryApiException>(() => _client.GetGalleryAsync("none", Cancelled));
    }

    /// <summary>Works twice, and moves the images of one identity to the other.</summary>
    /// <returns>What the metrics said before and after the move.</returns>
    internal async Task<(PrometheusText Before, PrometheusText After)> MergeAsync()
    {
        await WorkAsync();
        await WorkAsync();
        PrometheusText before = await ReadAsync();
        await _client!.MergeIdentityAsync(
            Gallery, $"{Identity}-{_rounds - 1}", $"{Identity}-{_rounds - 2}", cancellationToken: Cancelled);
        return (before, await ReadAsync());
    }

    internal async Task<PrometheusText> ReadAsync() => PrometheusText.Parse(await TextAsync());

    public async Task<string> TextAsync()
    {
        using HttpResponseMessage response = await _http!.GetAsync(new Uri("/metrics", UriKind.Relative), Cancelled);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(Cancelled);
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Abstractions;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

[assembly: AssemblyFixture(typeof(RunningService))]

namespace OrleansGallery.SystemTests.Http;

/// <summary>The whole service in this process; all tests share it, each with a gallery of its own.</summary>
public sealed class RunningService : IAsyncLifetime
{
    /// <summary>The limit of a line here, small enough to be exceeded by a test.</summary>
    public const int MaxLineBytes = 256 * 1024;

    /// <summary>The limit of lines per request here.</summary>
    public const int MaxItemsPerRequest = 2_000;

    private readonly TemporaryFolder _folder = new();
    private readonly EndedRequests _ended = new();
    private WebApplication? _app;
    private int _galleries;

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public HttpClient Http { get; private set; } = new();

    public GalleryClient Client { get; private set; } = new(GalleryClientOptions.DefaultUrl);

    public static WebApplication Build(string folder, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["Server:DataFolder"] = folder, ["Server:Urls"] = "http://127.0.0.1:0",
        };
        foreach ((string name, string value) in settings)
        {
            all[$"Server:{name}"] = value;
        }

        return GalleryHost.Build(configFile: null, all);
    }

    public async ValueTask InitializeAsync()
    {
        _app = Build(
            _folder.Root, ("MaxLineBytes", $"{MaxLineBytes}"), ("MaxItemsPerRequest", $"{MaxItemsPerRequest}"));
        _ended.Watch(_app);
        await _app.StartAsync();
        Url = GalleryHost.AddressOf(_app);
        Http = new HttpClient { BaseAddress = Url };
        Client = new GalleryClient(Url);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>A new gallery for vectors of 4 components.</summary>
    public async Task<string> CreateGalleryAsync(CreateGalleryRequest? settings = null)
    {
        string name = $"gallery {Interlocked.Increment(ref _galleries)}";
        await Client.CreateGalleryAsync(
            (settings ?? new CreateGalleryRequest { Dimension = 4 }) with { Name = name, Partitions = 4 },
            TestContext.Current.CancellationToken);
        return name;
    }

    /// <summary>A gallery as the silo knows it.</summary>
    internal Task<Gallery> FindAsync(string name) =>
        _app!.Services.GetRequiredService<IGrainFactory>().GalleryGrain(name).GetAsync();

    /// <summary>The end of the next request to a path; ask before it is sent.</summary>
    public Task<RequestLimits> EndOf(string path) => _ended.Of(path);

    public Task<HttpResponseMessage> PostAsync(string path, string body, string contentType = "application/json") =>
        Http.PostAsync(
            path, new StringContent(body, Encoding.UTF8, contentType), TestContext.Current.CancellationToken);

    /// <summary>Ingests raw lines.</summary>
    public async Task<IReadOnlyList<IngestAck>> IngestLinesAsync(string gallery, string body)
    {
        using HttpResponseMessage response = await PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/images:ingest", body, "application/x-ndjson");
        response.EnsureSuccessStatusCode();
        return Acks(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static IReadOnlyList<IngestAck> Acks(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<IngestAck>(line, GalleryJson.Options)!),
    ];

    /// <summary>The status of a refusal: 422 where the request is understood and its content is of no use.</summary>
    public static int RefusalOf(string code) => code is ErrorCodes.InvalidEmbedding or ErrorCodes.InvalidImage
        or ErrorCodes.NoModel or ErrorCodes.ModelNotFound ? 422 : 400;

    /// <summary>Asserts that an answer is problem details in every field.</summary>
    public static async Task<Problem> ProblemAsync(HttpResponseMessage response, int status, string code)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Problem? problem = await response.Content.ReadFromJsonAsync<Problem>(
            GalleryJson.Options, TestContext.Current.CancellationToken);
        Assert.NotNull(problem);
        Assert.Equal(status, problem.Status);
        Assert.Equal(code, problem.Code);
        Assert.Equal($"urn:gallery:{code}", problem.Type);
        Assert.False(string.IsNullOrWhiteSpace(problem.Title));
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail));
        return problem;
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Offline;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Several searches in one request.</summary>
public sealed class BatchSearchTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SearchBatch_EachQuery_IsAnsweredAsByItself()
    {
        string gallery = await FilledAsync();
        SearchRequest[] queries =
        [
            new() { Vector = [2, 1, 0, 0] },
            new() { IdentityId = "y", Top = 1 },
            new() { Vector = [1, 2] },
            new() { IdentityId = "nobody" },
            new() { Vector = [1, 2, 3, 4], Top = 0 },
            new() { Vector = [0, 0, 1, 0], Threshold = 1 },
        ];
        IReadOnlyList<SearchBatchResult> results = await service.Client.SearchBatchAsync(gallery, queries, Cancelled);
        Assert.Equal(
            [
                null, null, ErrorCodes.InvalidEmbedding, ErrorCodes.IdentityNotFound, ErrorCodes.InvalidRequest, null,
            ],
            results.Select(result => result.Error?.Code));
        foreach (int i in new[] { 0, 1, 5 })
        {
            SearchResponse alone = await service.Client.SearchAsync(gallery, queries[i], Cancelled);
            Assert.Equal(alone.Matches, results[i].Answer!.Matches);
            Assert.Equal(alone.Decision, results[i].Answer!.Decision);
        }
    }

    [Theory]
    [InlineData("""{"queries":[]}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"queries":null}""", ErrorCodes.InvalidRequest)]
    [InlineData("""{}""", ErrorCodes.InvalidRequest)]
    [InlineData("""[]""", ErrorCodes.InvalidRequest)]
    [InlineData("""{"queries":[{"vector":[1,2,3,4]}],"top":3}""", ErrorCodes.InvalidRequest)]
    public async Task SearchBatch_WrongRequest_IsRefused(string body, string code)
    {
        string gallery = await service.CreateGalleryAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/search:batch", body);
        await RunningService.ProblemAsync(response, 400, code);
    }

    [Fact]
    public async Task SearchBatch_MoreQueriesThanPossible_IsRefused()
    {
        string gallery = await FilledAsync();
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(() =>
            service.Client.SearchBatchAsync(
                gallery,
                [.. Enumerable.Repeat(new SearchRequest { IdentityId = "x" }, SearchBatchRequest.MaxQueries + 1)],
                Cancelled));
        Assert.Equal((400, ErrorCodes.InvalidRequest), (exception.Status, exception.Code));
    }

    [Fact]
    public async Task SearchBatch_QueriesInLine_AreScannedAsOne()
    {
        using TemporaryFolder folder = new();
        await using WebApplication app = RunningService.Build(folder.Root);
        await app.StartAsync(Cancelled);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(new() { Name = "g", Dimension = 4, Partitions = 4 }, Cancelled);
        await client.EnrolAsync("g", "x", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        await client.SearchAsync("g", new() { IdentityId = "x" }, Cancelled);
        ScanQueue queue = app.Services.GetRequiredService<ScanQueue>();
        using CountdownEvent all = new(SearchBatchRequest.MaxQueries);
        ConcurrentBag<int> scans = [];
        queue.OnRequest = _ => all.Signal();
        queue.BeforeScan = size =>
        {
            all.Wait(Cancelled);
            scans.Add(size);
        };

        IReadOnlyList<SearchBatchResult> results = await client.SearchBatchAsync(
            "g",
            [
                .. Enumerable.Range(1, SearchBatchRequest.MaxQueries)
                    .Select(i => new SearchRequest { Vector = [i, 1, 0, 0] }),
            ],
            Cancelled);

        Assert.All(results, result => Assert.Equal("x", result.Answer!.Matches[0].Identity));
        Assert.Equal(SearchBatchRequest.MaxQueries, scans.Sum());
        // Those that found a free core, and all others together.
        Assert.InRange(scans.Count, 1, Environment.ProcessorCount + 1);
        await app.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Command_Each_SearchesWithEachByItselfAndWithoutItWithTheMean()
    {
        string gallery = await FilledAsync();
        using PictureFolder folder = new();
        string rows = folder.File("rows.npy");
        NpyFile.Write(rows, new NpyArray<float>([3, 4], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]));
        GalleryCommand command = new(service, folder.Models);
        SearchBatchResponse batch = await command.JsonAsync<SearchBatchResponse>(
            0, "search", gallery, "--vector", rows, "--row", "0", "--row", "2", "--each", "--top", "1",
            "--timeout", "20000");
        Assert.Equal(["x", "z"], batch.Results.Select(result => result.Answer!.Matches[0].Identity));
        SearchResponse mean = await command.JsonAsync<SearchResponse>(
            0, "search", gallery, "--vector", rows, "--row", "0", "--row", "2");
        Assert.Equal(2, mean.Query!.Positives);
        Assert.Equal(["x", "z", "y"], mean.Matches.Select(match => match.Identity));
    }

    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.IngestLinesAsync(
            gallery,
            """
            {"identity":"x","vector":[1,0,0,0]}
            {"identity":"y","vector":[0,1,0,0]}
            {"identity":"z","vector":[0,0,1,0]}
            """);
        return gallery;
    }
}

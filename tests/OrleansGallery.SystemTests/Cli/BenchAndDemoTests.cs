using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

public sealed class BenchAndDemoTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BenchSearch_WithUpdates_MeasuresAndLeavesTheGalleryAsItWas()
    {
        string gallery = $"bench {Guid.NewGuid():N}";
        await service.Client.CreateGalleryAsync(new() { Name = gallery, Dimension = 4, Partitions = 2 }, Cancelled);
        for (int i = 0; i < 10; i++)
        {
            await service.Client.EnrolAsync(gallery, $"p{i}", new() { Vector = [1, i, i * i, -i] }, Cancelled);
        }

        string rootHash = (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash;

        JsonElement report = await RunAsync("bench", "search", gallery, "--duration", "0.5", "--updates", "0.5",
            "--concurrency", "2", "--url", service.Url.GetLeftPart(UriPartial.Authority));

        Assert.True(report.GetProperty("queries").GetInt64() > 0);
        Assert.True(report.GetProperty("updates").GetInt64() > 0);
        Assert.Equal(0, report.GetProperty("failures").GetInt64());
        Assert.Equal(1, report.GetProperty("completeShare").GetDouble());
        Assert.True(report.GetProperty("p50Ms").GetDouble() <= report.GetProperty("p999Ms").GetDouble());
        Assert.Equal(rootHash, (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash);
    }

    [Fact]
    public async Task Demo_Json_PrintsOneDocumentOfWhatItDid()
    {
        JsonElement report = await RunAsync("demo", "--products", "8");

        Assert.Equal(8, report.GetProperty("identities").GetInt32());
        Assert.Equal(48, report.GetProperty("images").GetInt32());
        Assert.Equal(32, report.GetProperty("queries").GetInt32());
        Assert.Equal(8, report.GetProperty("centroid").GetProperty("vectors").GetInt32());
        Assert.Equal(48, report.GetProperty("instance").GetProperty("vectors").GetInt32());
        Assert.Equal(48 * 512 * 4, report.GetProperty("instance").GetProperty("bytes").GetInt32());
        Assert.InRange(report.GetProperty("centroid").GetProperty("rank1").GetDouble(), 0, 1);
        Assert.True(report.GetProperty("ingest").GetProperty("imagesPerSecond").GetDouble() > 0);
        Assert.True(report.GetProperty("search").GetProperty("p99Ms").GetDouble() > 0);
        Assert.Matches("^[0-9a-f]{64}$", report.GetProperty("rootHash").GetString());
    }

    private static async Task<JsonElement> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync([.. args, "--json"], output, error);
        Assert.True(code == 0, error.ToString());
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}

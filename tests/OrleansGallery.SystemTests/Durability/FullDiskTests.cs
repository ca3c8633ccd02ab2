using System.Diagnostics;
using System.Net.Http.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests;

/// <summary>The data folder's disk gets full under a running service, and is given room again.</summary>
public sealed class FullDiskTests
{
    private const string Gallery = "small";
    private const int Dimension = 512;

    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);

    private readonly List<int> _acknowledged = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrol_DiskGetsFull_SearchesGoOnAndSoDoesEverythingOnceThereIsRoom()
    {
        using SmallDisk disk = new(megabytes: 3);
        string data = Path.Combine(disk.Root, "data");
        using GalleryProcess server = await GalleryProcess.StartAsync(data);
        using GalleryClient client = server.Connect();
        await client.CreateGalleryAsync(new() { Name = Gallery, Dimension = Dimension, Partitions = 4 }, Token);

        await EnrolUntilFullAsync(client);
        disk.Fill();
        await AssertSearchesAsync(client);
        await AssertWritesAreRefusedAsync(client);
        Assert.Equal("degraded", (await HealthAsync(server)).Status);
        Assert.Equal(ErrorCodes.StorageFull, (await HealthAsync(server)).Code);
        await AssertCommandSaysItAsync(server);
        Assert.True(server.IsRunning, server.Errors);

        disk.Resize(megabytes: 16);
        await EnrolAsync(client, _acknowledged.Count);
        Assert.Equal("ready", (await HealthAsync(server)).Status);
        await AssertCompleteAsync(client);
    }

    [Fact]
    public async Task Start_DiskIsFull_SearchesAndLosesNothing()
    {
        using SmallDisk disk = new(megabytes: 3);
        string data = Path.Combine(disk.Root, "data");
        using (GalleryProcess first = await GalleryProcess.StartAsync(data))
        {
            using GalleryClient client = first.Connect();
            await client.CreateGalleryAsync(new() { Name = Gallery, Dimension = Dimension, Partitions = 4 }, Token);
            await EnrolUntilFullAsync(client);
            disk.Fill();
            first.Kill();
        }

        using GalleryProcess server = await GalleryProcess.StartAsync(data);
        using GalleryClient again = server.Connect();
        await AssertSearchesAsync(again);
        await AssertWritesAreRefusedAsync(again);
        disk.Resize(megabytes: 16);
        await EnrolAsync(again, _acknowledged.Count);
        await AssertCompleteAsync(again);
    }

    private static float[] VectorOf(int number) => SyntheticVectors.Embedding(number, 0, Dimension);

    private static async Task<HealthResponse> HealthAsync(GalleryProcess server)
    {
        using HttpClient http = new() { BaseAddress = server.Url };
        return (await http.GetFromJsonAsync<HealthResponse>("readyz", GalleryJson.Options, Token))!;
    }

    private static async Task AssertRefusedAsync(Func<Task> write)
    {
        Stopwatch watch = Stopwatch.StartNew();
        GalleryApiException error = await Assert.ThrowsAsync<GalleryApiException>(write);
        Assert.Equal((507, ErrorCodes.StorageFull, true), (error.Status, error.Code, error.Retryable));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Seconds);
    }

    // Not everything fits in the last block, so the number that is refused is not the last that would be.
    private async Task EnrolUntilFullAsync(GalleryClient client)
    {
        for (int number = 0; number < 2_000; number++)
        {
            try
            {
                await EnrolAsync(client, number);
            }
            catch (GalleryApiException error)
            {
                Assert.Equal((507, ErrorCodes.StorageFull), (error.Status, error.Code));
                Assert.InRange(number, 20, 1_000);
                return;
            }
        }

        Assert.Fail("The disk never got full.");
    }

    private async Task EnrolAsync(GalleryClient client, int number)
    {
        await client.EnrolAsync(Gallery, $"p{number}", new() { Vector = VectorOf(number), ImageId = "i" }, Token);
        _acknowledged.Add(number);
    }

    private async Task AssertSearchesAsync(GalleryClient client)
    {
        foreach (int number in (int[])[0, _acknowledged.Count / 2, _acknowledged[^1]])
        {
            SearchResponse answer = await client.SearchAsync(
                Gallery, new() { Vector = VectorOf(number), Top = 1, RequireComplete = true }, Token);
            Assert.Equal($"p{number}", answer.Matches[0].Identity);
        }
    }

    private static async Task AssertWritesAreRefusedAsync(GalleryClient client)
    {
        await AssertRefusedAsync(() => client.EnrolAsync(Gallery, "n", new() { Vector = VectorOf(9_999) }, Token));
        await AssertRefusedAsync(
            () => client.CreateGalleryAsync(new() { Name = "big", Dimension = 4, Partitions = 4096 }, Token));
        int refused = 0;
        await foreach (IngestAck ack in client.IngestAsync(Gallery, NewItemsAsync(50), cancellationToken: Token))
        {
            Assert.Equal(ErrorCodes.StorageFull, ack.Error?.Code);
            refused++;
        }

        Assert.Equal(50, refused);
    }

    private static async IAsyncEnumerable<IngestItem> NewItemsAsync(int count)
    {
        for (int number = 0; number < count; number++)
        {
            yield return new() { Identity = $"new {number}", Vector = VectorOf(5_000 + number) };
        }

        await Task.CompletedTask;
    }

    private static async Task AssertCommandSaysItAsync(GalleryProcess server)
    {
        using TemporaryFolder folder = new();
        string vectors = folder.File("v.npy");
        string names = folder.File("p.npy");
        NpyFile.Write(
            vectors,
            new NpyArray<float>([3, Dimension], [.. Enumerable.Range(7_000, 3).SelectMany(VectorOf)]));
        NpyFile.WriteText(names, new NpyArray<string>([3], ["a/1", "b/1", "c/1"]));
        (int code, _, string errors) = await GalleryProcess.RunAsync(
            "ingest", Gallery, "--vectors", vectors, "--paths", names, "--url", server.Url.ToString());
        Assert.Equal(1, code);
        string line = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Contains("storage is full", line, StringComparison.Ordinal);
        Assert.Contains("0 of 3 files", line, StringComparison.Ordinal);
    }

    private async Task AssertCompleteAsync(GalleryClient client)
    {
        GalleryResponse gallery = await client.GetGalleryAsync(Gallery, Token);
        VerificationResponse proof = await client.VerifyAsync(Gallery, Token);
        Assert.True(proof.Ok, string.Join('\n', proof.Differences));
        Assert.Equal(gallery.RootHash, proof.RootHash);
        Assert.Equal((_acknowledged.Count, _acknowledged.Count), (gallery.Identities, gallery.Images));
        await AssertSearchesAsync(client);
    }
}

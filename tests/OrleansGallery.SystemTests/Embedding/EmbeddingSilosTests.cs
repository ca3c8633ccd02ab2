using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Embedding;

/// <summary>Embedding silos of a cluster: with empty folders, two of them, killed, none.</summary>
[Trait("Category", "Cluster")]
public sealed class EmbeddingSilosTests(ClusterStore store) : IClassFixture<ClusterStore>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoWithEmptyFolders_AnImportedModel_IsServedAndItsImagesAreShared()
    {
        const int Images = 300;
        string model = await ImportAsync();
        string cluster = store.NextCluster();
        await using WebApplication api = await StartAsync(cluster, "g", "gallery,api");
        await using WebApplication first = await StartAsync(cluster, "e1", "embedding");
        await using WebApplication second = await StartAsync(cluster, "e2", "embedding");
        using GalleryClient client = new(GalleryHost.AddressOf(api));
        GalleryApiException unknown = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.CreateGalleryAsync(new() { Name = "x", Model = "none-12345678" }, Token));
        Assert.Equal((422, ErrorCodes.ModelNotFound), (unknown.Status, unknown.Code));

        await CreateAsync(client, "shared", model);
        await WarmAsync(client, "shared", [first, second]);
        long[] before = [.. Answered(first, second)];
        int acks = 0;
        await foreach (IngestAck ack in client.IngestAsync("shared", ItemsAsync(100, Images), null, Token))
        {
            Assert.True(ack.Status == EnrolStatus.Searchable, ack.Error?.Message);
            acks++;
        }

        Assert.Equal(Images, acks);
        foreach ((long answered, string name) in Answered(first, second).Zip(before, (now, then) => now - then)
            .Zip((string[])["e1", "e2"]))
        {
            Assert.InRange(answered, Images * 0.4, Images * 0.6);
            Assert.True(File.Exists(_folder.File($"{name}/models/{model}.safetensors")));
        }

        await StopAsync(second, first, api);
    }

    [Fact]
    public async Task ADamagedModel_IsRefusedUntilItIsImportedAgain()
    {
        string model = await ImportAsync();
        using PostgresGalleryStore database = new(store.Database, new PostgresStoreOptions());
        StoredModel stored = (await database.Models.FindAsync(model, Token))!;
        byte[] chunk = (await database.Models.ReadChunkAsync(stored, 0, Token))!;
        chunk[^1]++;
        await database.Models.PutChunkAsync(stored, 0, chunk, Token);
        string cluster = store.NextCluster();
        await using WebApplication app = await StartAsync(cluster, "all", "gallery,embedding,api");
        using GalleryClient client = new(GalleryHost.AddressOf(app));

        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
            () => CreateAsync(client, "damaged", model));

        Assert.Equal(ErrorCodes.StorageDamaged, refused.Code);
        Assert.Contains(model, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File($"all/models/{model}.safetensors")));
        await ImportAsync();
        await StopAsync(app);
        await using WebApplication again = await StartAsync(cluster, "again", "gallery,embedding,api");
        using GalleryClient other = new(GalleryHost.AddressOf(again));
        await CreateAsync(other, "whole", model);
        await StopAsync(again);
    }

    [Fact]
    public async Task OneIsKilledUnderIngest_ThenTheOther_NoAckIsLostAndVectorsGoOn()
    {
        const int Images = 400;
        string cluster = store.NextCluster();
        using GalleryProcess gallery = await ServeAsync(cluster, "g", "gallery");
        using GalleryProcess first = await ServeAsync(cluster, "e1", "embedding");
        using GalleryProcess second = await ServeAsync(cluster, "e2", "embedding");
        using GalleryProcess api = await ServeAsync(cluster, "api", "api");
        using GalleryClient client = api.Connect();
        GalleryResponse created = await CreateAsync(client, "killed", "default");
        int acks = 0;
        await foreach (IngestAck ack in client.IngestAsync("killed", ItemsAsync(0, Images), null, Token))
        {
            Assert.True(
                ack.Status is EnrolStatus.Searchable or EnrolStatus.Duplicate,
                $"{ack.Error?.Code}: {ack.Error?.Message}{first.Errors}{api.Errors}");
            if (++acks == 60)
            {
                second.Kill();
            }
        }

        Assert.Equal(Images, acks);
        Assert.Equal(Images, (await client.GetGalleryAsync("killed", Token)).Images);
        first.Kill();
        await UntilNoneIsKnownAsync(client);

        long start = Stopwatch.GetTimestamp();
        GalleryApiException none = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.SearchFileAsync("killed", PictureOf(0), cancellationToken: Token));
        Assert.Equal((503, ErrorCodes.NoEmbeddingSilo), (none.Status, none.Code));
        none = await Assert.ThrowsAsync<GalleryApiException>(
            () => client.EnrolFileAsync("killed", "new", PictureOf(9999), cancellationToken: Token));
        Assert.Equal(ErrorCodes.NoEmbeddingSilo, none.Code);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        float[] vector = SyntheticVectors.Embedding(1, 1, created.Dimension);
        await client.EnrolAsync("killed", "vector", new EnrolImageRequest { Vector = vector }, Token);
        SearchResponse found = await client.SearchAsync("killed", new SearchRequest { Vector = vector }, Token);
        Assert.Equal("vector", found.Matches[0].Identity);

        using GalleryProcess third = await ServeAsync(cluster, "e3", "embedding");
        await RetriedAsync(() => client.EnrolFileAsync("killed", "new", PictureOf(9999), cancellationToken: Token));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<T> RetriedAsync<T>(Func<Task<T>> request)
    {
        while (true)
        {
            try
            {
                return await request();
            }
            catch (GalleryApiException exception) when (exception.Retryable)
            {
                await Task.Delay(100, Token);
            }
        }
    }

    private static Task<GalleryResponse> CreateAsync(GalleryClient client, string name, string model) => RetriedAsync(
        () => client.CreateGalleryAsync(new() { Name = name, Model = model, Partitions = 4 }, Token));

    // Until each has fetched and loaded the model.
    private static async Task WarmAsync(GalleryClient client, string gallery, WebApplication[] silos)
    {
        for (int i = 0; Answered(silos).Min() < 3; i++)
        {
            int picture = 10_000 + i;
            await RetriedAsync(() => client.EnrolFileAsync(
                gallery, "warm", PictureOf(picture), cancellationToken: Token));
        }
    }

    private static IEnumerable<long> Answered(params WebApplication[] silos) =>
        silos.Select(silo => silo.Services.GetRequiredService<EmbeddingLoad>().Answered);

    private static async Task UntilNoneIsKnownAsync(GalleryClient client)
    {
        while (true)
        {
            GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
                () => client.SearchFileAsync("killed", PictureOf(0), cancellationToken: Token));
            Assert.True(refused.Retryable, refused.Message);
            if (refused.Code == ErrorCodes.NoEmbeddingSilo)
            {
                return;
            }

            await Task.Delay(50, Token);
        }
    }

    private static byte[] PictureOf(int number)
    {
        Random random = new(number);
        byte[] rgb = new byte[16 * 16 * 3];
        random.NextBytes(rgb);
        return PngFile.Rgb(16, 16, rgb);
    }

    private static async IAsyncEnumerable<IngestItem> ItemsAsync(int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            await Task.Yield();
            yield return new IngestItem { Identity = $"p{number % 20}", Image = PictureOf(number) };
        }
    }

    private static async Task StopAsync(params WebApplication[] apps)
    {
        foreach (WebApplication app in apps)
        {
            await app.StopAsync(Token);
        }
    }

    private async Task<string> ImportAsync()
    {
        string source = RandomModel.EnsureCreated(_folder.File("made"));
        string id = Path.GetFileNameWithoutExtension(source);
        string[] where = ["--models", _folder.File("imported"), "--database", store.Database];
        (int code, string output, string error) = await CommandAsync(["model", "import", source, .. where]);
        Assert.True(code == 0, error);
        Assert.Contains(id, output, StringComparison.Ordinal);
        (_, output, _) = await CommandAsync(["model", "list", .. where, "--json"]);
        ModelList list = JsonSerializer.Deserialize<ModelList>(output, GalleryJson.Options)!;
        StoredModel stored = Assert.Single(list.Stored!);
        Assert.Equal(id, stored.Id);
        Assert.Contains(list.Models, model => model.Id == id && model.Sha256 == stored.Sha256);
        (_, output, _) = await CommandAsync(["model", "list", .. where]);
        Assert.Contains("in the database", output, StringComparison.Ordinal);
        return id;
    }

    private static async Task<(int Code, string Output, string Error)> CommandAsync(string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private Task<GalleryProcess> ServeAsync(string cluster, string name, string roles) =>
        GalleryProcess.ServeAsync(store.Options(_folder, cluster, name, roles));

    private async Task<WebApplication> StartAsync(string cluster, string name, string roles)
    {
        WebApplication app = store.Build(_folder, cluster, name, roles);
        await app.StartAsync(Token);
        return app;
    }
}

using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

public sealed class CommandLineTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData()]
    [InlineData("bogus")]
    [InlineData("create")]
    [InlineData("create", "a", "--dimension", "x")]
    [InlineData("search", "g")]
    [InlineData("search", "g", "a.png", "--vector", "b.npy")]
    [InlineData("search", "g", "a.png", "--top", "0")]
    [InlineData("ingest", "g", "p", "--layout", "pyramid")]
    [InlineData("delete", "g")]
    [InlineData("delete", "g", "a", "--all")]
    [InlineData("galleries", "--url", "nowhere")]
    public async Task RunAsync_WrongUsage_Is2WithWordsOnStandardError(params string[] args)
    {
        (int code, string output, string error) = await RunAsync(args);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("ingest", "--help")]
    public async Task RunAsync_Help_Is0(params string[] args)
    {
        (int code, string output, _) = await RunAsync(args);
        Assert.Equal(0, code);
        Assert.Contains("Usage:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NobodyListens_Is1WithOneLine()
    {
        (int code, string output, string error) = await RunAsync("galleries", "--url", "http://127.0.0.1:1", "--json");
        Assert.Equal((1, ""), (code, output));
        Assert.Single(Lines(error));
        Assert.Contains("gallery serve", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--roles", "api")]
    [InlineData("--config", "/no/such/file.json")]
    public async Task RunAsync_ServeWithWrongSetting_Is1WithOneLine(string option, string value)
    {
        using TemporaryFolder folder = new();
        (int code, _, string error) = await RunAsync("serve", "--data", folder.Root, option, value);
        Assert.Equal(1, code);
        Assert.Single(Lines(error));
    }

    [Fact]
    public async Task LifeCycle_OfVectors_PrintsOneJsonDocumentEach()
    {
        using TemporaryFolder folder = new();
        string gallery = $"cli {Guid.NewGuid():N}";
        GalleryResponse created = await JsonAsync<GalleryResponse>(
            "create", gallery, "--dimension", "4", "--partitions", "2", "--transparency", "#ff00aa");
        Assert.Equal((gallery, 4, 2), (created.Name, created.Dimension, created.Partitions));
        Assert.Equal("#ff00aa", created.Transparency);
        await service.Client.EnrolAsync(gallery, "x", new() { Vector = [1, 0, 0, 0], ImageId = "i" }, Cancelled);
        await service.Client.EnrolAsync(gallery, "y", new() { Vector = [0, 1, 0, 0] }, Cancelled);
        string file = folder.File("query.npy");
        NpyFile.Write(file, new NpyArray<float>([2, 4], [1, 0.1f, 0, 0, 0, 1, 0, 0]));
        SearchResponse first = await JsonAsync<SearchResponse>("search", gallery, "--vector", file, "--top", "1");
        Assert.Equal("x", Assert.Single(first.Matches).Identity);
        SearchResponse second = await JsonAsync<SearchResponse>("search", gallery, "--vector", file, "--row", "1");
        Assert.Equal("y", second.Matches[0].Identity);
        Assert.Equal(2, (await JsonAsync<IdentityListResponse>("identities", gallery)).Identities.Count);
        Assert.Equal("x", (await JsonAsync<IdentityResponse>("show", gallery, "x")).Identity);
        ImageResponse image = await JsonAsync<ImageResponse>("show", gallery, "x", "i");
        Assert.Equal([1f, 0, 0, 0], image.Vector!);
        Assert.Contains(
            (await JsonAsync<GalleryListResponse>("galleries")).Galleries, listed => listed.Name == gallery);
        Assert.True((await JsonAsync<VerificationResponse>("verify", gallery)).Ok);
        Assert.Equal(1, (await JsonAsync<DeletionReceipt>("delete", gallery, "x")).ImagesRemoved);
        Assert.Equal(1, (await JsonAsync<GalleryResponse>("delete", gallery, "--all")).Images);
        (int code, _, string error) = await RunAsync("show", gallery);
        Assert.Equal(1, code);
        Assert.Single(Lines(error));
    }

    [Fact]
    public async Task Ingest_FolderWithBadFiles_ReportsThemEnrolsTheRestAndResumes()
    {
        using TemporaryFolder folder = new();
        string gallery = $"cli {Guid.NewGuid():N}";
        await JsonAsync<GalleryResponse>("create", gallery, "--partitions", "2");
        foreach (string identity in new[] { "red one", "blue" })
        {
            Directory.CreateDirectory(folder.File(identity));
        }

        for (byte i = 0; i < 3; i++)
        {
            await File.WriteAllBytesAsync(folder.File($"red one/{i}.png"), Picture(200, i), Cancelled);
        }

        await File.WriteAllBytesAsync(folder.File("blue/only.png"), Picture(5, 200), Cancelled);
        await File.WriteAllTextAsync(folder.File("blue/notes.txt"), "no image", Cancelled);
        await File.WriteAllBytesAsync(folder.File("blue/empty.jpg"), [], Cancelled);
        await File.WriteAllTextAsync(folder.File("stray.txt"), "nobody's", Cancelled);

        (int code, string output, string error) = await RunAsync(
            "ingest", gallery, folder.Root, "--facet", "c1", "--json");
        Assert.Equal(1, code);
        IngestSummary summary = JsonSerializer.Deserialize<IngestSummary>(output, GalleryJson.Options)!;
        Assert.Equal((4 + 3, 4, 0), (summary.Files, summary.Enrolled, summary.Duplicates));
        Assert.Equal(
            ["empty.jpg", "notes.txt", "stray.txt"],
            summary.Failures.Select(failure => Path.GetFileName(failure.File)).Order());
        Assert.All(summary.Failures, failure => Assert.Contains(failure.File, error, StringComparison.Ordinal));
        Assert.Equal(3, (await service.Client.GetIdentityAsync(gallery, "red one", Cancelled)).Facets["c1"]);

        foreach (string bad in new[] { "blue/notes.txt", "blue/empty.jpg", "stray.txt" })
        {
            File.Delete(folder.File(bad));
        }

        IngestSummary again = await JsonAsync<IngestSummary>("ingest", gallery, folder.Root);
        Assert.Equal((0, 4, 0), (again.Enrolled, again.Duplicates, again.Failures.Count));
        SearchResponse found = await JsonAsync<SearchResponse>("search", gallery, folder.File("blue/only.png"));
        Assert.Equal("blue", found.Matches[0].Identity);
        (_, string table, _) = await RunAsync("search", gallery, folder.File("blue/only.png"));
        Assert.Contains("red one", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_FolderThatIsNotThere_Is1WithOneLine()
    {
        using TemporaryFolder folder = new();
        foreach (string path in new[] { folder.Root, folder.File("missing") })
        {
            (int code, string output, string error) = await RunAsync("ingest", "g", path);
            Assert.Equal((1, ""), (code, output));
            Assert.Single(Lines(error));
        }
    }

    private static byte[] Picture(byte red, byte blue)
    {
        byte[] rgb = new byte[24 * 24 * 3];
        for (int i = 0; i < rgb.Length; i += 3)
        {
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (red, (byte)(i % 50), blue);
        }

        return PngFile.Rgb(24, 24, rgb);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<T> JsonAsync<T>(params string[] args)
    {
        (int code, string output, string error) = await RunAsync([.. args, "--json"]);
        Assert.True(code == 0, error);
        return JsonSerializer.Deserialize<T>(output, GalleryJson.Options)!;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        string[] all = args.Length == 0 || args.Contains("--url") || args[0] == "serve"
            ? args
            : [.. args, "--url", service.Url.GetLeftPart(UriPartial.Authority)];
        int code = await CommandLine.RunAsync(all, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return (code, output.ToString(), error.ToString());
    }
}

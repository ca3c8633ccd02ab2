using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery export</c>, and that what it writes comes back the same.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public ExportCommandTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.File("models"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("e.ndjson")]
    [InlineData("e.npy")]
    public async Task Export_ImportedAgain_HasTheSameRootHash(string name)
    {
        string gallery = await FillAsync();
        GalleryResponse before = await _service.Client.GetGalleryAsync(gallery, Cancelled);
        ExportSummary written = await _gallery.JsonAsync<ExportSummary>(
            0, "export", gallery, "--out", _folder.File(name));
        Assert.Equal((703L, 4, 0L), (written.Vectors, written.Dimension, written.WithoutCentroid));
        Assert.Equal(written.Files.Order(), Directory.GetFiles(_folder.Root).Order());
        string copy = await _service.CreateGalleryAsync();
        IngestSummary read = await _gallery.JsonAsync<IngestSummary>(0, "import", copy, _folder.File(name));
        Assert.Equal((703L, 0L), (read.Enrolled, read.Failed));
        GalleryResponse after = await _service.Client.GetGalleryAsync(copy, Cancelled);
        Assert.Equal((before.RootHash, before.Identities), (after.RootHash, after.Identities));
        ImageResponse image = await _service.Client.GetImageAsync(copy, "a", "0001", Cancelled);
        Assert.Equal(await _service.Client.GetImageAsync(gallery, "a", "0001", Cancelled) with
        {
            Vector = image.Vector,
        }, image);
        Assert.Equal(("c", 2026), (image.Facet, image.TakenAt?.Year));
    }

    [Fact]
    public async Task Export_Centroids_AreTheNormalisedMeans()
    {
        string gallery = await FillAsync();
        await _service.Client.EnrolAsync(gallery, "none", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        await _service.Client.EnrolAsync(gallery, "none", new() { Vector = [-1, 0, 0, 0] }, Cancelled);
        (int code, string output, string error) = await _gallery.RunAsync(
            "export", gallery, "--what", "centroids", "--out", _folder.File("c.ndjson"));
        Assert.True(code == 0, error);
        Assert.Contains("Wrote 104 centroids of 4 dimensions", output, StringComparison.Ordinal);
        Assert.Contains("1 identities have no centroid", output, StringComparison.Ordinal);
        foreach (string line in File.ReadLines(_folder.File("c.ndjson")))
        {
            ExportRow row = JsonSerializer.Deserialize<ExportRow>(line, GalleryJson.Options)!;
            double[] sum = [0, 0, 0, 0];
            ImageListResponse images = await _service.Client.ListImagesAsync(
                gallery, row.Identity, includeVectors: true, cancellationToken: Cancelled);
            if (images.Next is not null)
            {
                Assert.Equal(600, row.Count);
                continue;
            }

            foreach (ImageResponse image in images.Images)
            {
                sum = [.. sum.Zip(image.Vector!, (one, other) => one + other)];
            }

            double norm = Math.Sqrt(sum.Sum(value => value * value));
            Assert.Equal(1, row.Count);
            Assert.All(row.Vector!.Zip(sum), pair => Assert.Equal(pair.Second / norm, pair.First, 1e-6));
        }

        ExportSummary array = await _gallery.JsonAsync<ExportSummary>(
            0, "export", gallery, "--what", "centroids", "--out", _folder.File("c.npy"));
        Assert.Equal(1, array.WithoutCentroid);
        Assert.Equal([104, 4], NpyFile.Read<float>(_folder.File("c.npy")).Shape);
        string copy = await _service.CreateGalleryAsync();
        foreach ((string file, long enrolled) in ((string, long)[])[("c.ndjson", 104), ("c.npy", 0)])
        {
            IngestSummary read = await _gallery.JsonAsync<IngestSummary>(0, "import", copy, _folder.File(file));
            Assert.Equal((enrolled, 104 - enrolled), (read.Enrolled, read.Duplicates));
        }
    }

    [Fact]
    public async Task Export_WhatFails_LeavesTheOldFile()
    {
        await File.WriteAllTextAsync(_folder.File("e.ndjson"), "old", Cancelled);
        (int code, _, string error) = await _gallery.RunAsync("export", "nowhere", "--out", _folder.File("e.ndjson"));
        Assert.Equal(1, code);
        Assert.Contains("nowhere", error, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File("e.ndjson"), Cancelled));
        string empty = await _service.CreateGalleryAsync();
        await _gallery.JsonAsync<ExportSummary>(0, "export", empty, "--out", _folder.File("e.npy"));
        Assert.Equal([0, 4], NpyFile.Read<float>(_folder.File("e.npy")).Shape);
        (code, _, error) = await _gallery.RunAsync("export", empty, "--out", _folder.File("no/such/e.npy"));
        Assert.Equal(1, code);
        Assert.Contains("no/such", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListImages_WithVectors_ComesInShorterPages()
    {
        string gallery = await FillAsync();
        ImageListResponse page = await _service.Client.ListImagesAsync(
            gallery, "a", limit: 1_000, includeVectors: true, cancellationToken: Cancelled);
        Assert.Equal((256, "0255"), (page.Images.Count, page.Next));
        Assert.All(page.Images, image => Assert.Equal(4, image.Vector!.Length));
        Assert.Null((await _service.Client.ListImagesAsync(gallery, "a", cancellationToken: Cancelled))
            .Images[0].Vector);
        IdentityResponse identity = await _service.Client.GetCentroidAsync(gallery, "a", Cancelled);
        Assert.Equal((4, null), (identity.Vector!.Length, identity.Dispersion));
        Assert.Null((await _service.Client.GetIdentityAsync(gallery, "a", Cancelled)).Vector);
        using HttpResponseMessage wrong = await _service.Http.GetAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/a/images?includeVectors=yes", Cancelled);
        await RunningService.ProblemAsync(wrong, 400, ErrorCodes.InvalidRequest);
    }

    // One identity of several pages, and more identities than are asked for ahead.
    private async Task<string> FillAsync()
    {
        string gallery = await _service.CreateGalleryAsync();
        float[] VectorOf(int i) => [MathF.Sin(i), 1f / (i + 3), -0f, 1e-20f + i];
        IEnumerable<IngestItem> items = Enumerable.Range(0, 600).Select(i => new IngestItem
        {
            Identity = "a",
            ImageId = $"{i:0000}",
            Facet = "c",
            TakenAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(1)).AddTicks(i),
            Vector = VectorOf(i),
        }).Concat(Enumerable.Range(0, 103).Select(i => new IngestItem
        {
            Identity = $"p ż{i}", Vector = VectorOf(i),
        }));
        await foreach (IngestAck ack in _service.Client.IngestAsync(
            gallery, items.ToAsyncEnumerable(), cancellationToken: Cancelled))
        {
            Assert.Null(ack.Error);
        }

        return gallery;
    }
}

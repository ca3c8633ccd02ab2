using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery ingest --layout</c>: data sets of the published forms, with their cameras as facets.</summary>
public sealed class IngestLayoutTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public IngestLayoutTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.Models);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("market1501", "market1501")]
    [InlineData("dukeMtmcReId", "DukeMTMC-reID")]
    public async Task Ingest_ReId_EnrolsTheGalleryWithItsCamerasAndPassesJunkOver(string layout, string name)
    {
        _folder.Add($"{name}/query", "0001_c1s1_000001_00.jpg");
        _folder.Add(
            $"{name}/bounding_box_test", "0001_c1s1_000002_00.jpg", "0001_c2s1_000003_00.jpg",
            "0002_c2s1_000004_00.jpg", "notes_00.jpg");
        string gallery = await CreateAsync();
        (int code, _, string error) = await _gallery.RunAsync(
            "ingest", gallery, _folder.File("."), "--layout", layout);
        Assert.True(code == 0, error);
        Assert.Contains("the 3 images of", error, StringComparison.Ordinal);
        Assert.Contains("1 left out: notes_00.jpg", error, StringComparison.Ordinal);
        IdentityResponse first = await _service.Client.GetIdentityAsync(gallery, "0001", Cancelled);
        Assert.Equal(
            [("c1", 1L), ("c2", 1L)],
            first.Facets.OrderBy(facet => facet.Key).Select(facet => (facet.Key, facet.Value)));
        IngestSummary queries = await _gallery.JsonAsync<IngestSummary>(
            0, "ingest", gallery, _folder.File("."), "--layout", layout, "--split", "query");
        Assert.Equal((1, 1L), (queries.Files, queries.Enrolled));
    }

    [Fact]
    public async Task Ingest_Coco_EnrolsTheGallerysFile()
    {
        foreach (string part in (string[])["train", "query", "gallery"])
        {
            _folder.Add($"images/{part}", "a.png", "b.png");
            File.WriteAllText(_folder.File($"{part}.json"), """
                {"images":[{"id":1,"file_name":"a.png"},{"id":2,"file_name":"b.png"}],
                 "annotations":[{"image_id":1,"pair_id":7},{"image_id":2,"pair_id":8}]}
                """);
        }

        string gallery = await CreateAsync();
        IngestSummary summary = await _gallery.JsonAsync<IngestSummary>(
            0, "ingest", gallery, _folder.File("images"), "--layout", "coco", "--train-json",
            _folder.File("train.json"));
        Assert.Equal((2, 2L), (summary.Files, summary.Enrolled));
        Assert.Equal(1, (await _service.Client.GetIdentityAsync(gallery, "7", Cancelled)).Count);
    }

    [Fact]
    public async Task Ingest_Manifest_EnrolsWhatItSaysWithAttributes()
    {
        _folder.Add("images", "a.png", "b.png");
        File.WriteAllLines(
            _folder.File("m.ndjson"),
            [
                """
                {"path":"images/a.png","identity":"anna","facet":"c1","imageId":"first",
                """.Trim() + """
                "takenAt":"2026-11-28T09:30:00Z","attributes":{"colour":"red"}}
                """.Trim(),
                """{"path":"images/b.png","identity":"anna"}""",
                """{"path":"images/c.png","identity":"anna"}""",
            ]);
        string gallery = await CreateAsync();
        (int code, _, string error) = await _gallery.RunAsync(
            "ingest", gallery, _folder.File("m.ndjson"), "--layout", "manifest", "--facet", "c9");
        Assert.Equal(1, code);
        Assert.Contains("images/c.png: it is not there", error, StringComparison.Ordinal);
        IdentityResponse anna = await _service.Client.GetIdentityAsync(gallery, "anna", Cancelled);
        Assert.Equal(new Dictionary<string, string> { ["colour"] = "red" }, anna.Attributes);
        ImageListResponse images = await _service.Client.ListImagesAsync(
            gallery, "anna", cancellationToken: Cancelled);
        Assert.Equal(["c1", "c9"], images.Images.Select(image => image.Facet).Order());
        ImageResponse first = await _service.Client.GetImageAsync(gallery, "anna", "first", Cancelled);
        Assert.Equal(
            ("c1", new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero)), (first.Facet, first.TakenAt));
    }

    [Theory]
    [InlineData(1, "has no image", "--layout", "market1501")]
    [InlineData(2, "--facet has no effect", "--layout", "market1501", "--facet", "c1")]
    [InlineData(2, "--split has no effect", "--split", "query")]
    [InlineData(2, "--train-json goes with", "--layout", "coco")]
    [InlineData(2, "--train-json goes with", "--train-json", "x.json")]
    [InlineData(2, "--exclude has no effect", "--layout", "manifest", "--exclude", "x")]
    [InlineData(2, "omniglot", "--layout", "omniglot")]
    public async Task Ingest_WhatDoesNotGoTogether_IsRefused(int expected, string what, params string[] options)
    {
        Directory.CreateDirectory(_folder.File("empty"));
        (int code, _, string error) = await _gallery.RunAsync(
            ["ingest", "any", _folder.File("empty"), .. options]);
        Assert.Equal(expected, code);
        Assert.Contains(what, error, StringComparison.Ordinal);
    }

    private Task<string> CreateAsync() =>
        _service.CreateGalleryAsync(new CreateGalleryRequest { Model = ModelStore.DefaultName });
}

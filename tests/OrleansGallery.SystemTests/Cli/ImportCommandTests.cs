using System.Globalization;
using System.Text;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery import</c> of every format into a running service.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private const int Rows = 40;

    private static readonly string[] Formats = ["qdrant", "milvus", "ndjson", "csv", "npy"];

    private readonly TemporaryFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public ImportCommandTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.File("models"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_EveryFormat_EnrolsTheSameAndAgainAnswersDuplicates()
    {
        HashSet<string> hashes = [];
        foreach (string format in Formats)
        {
            string gallery = $"import {format} {Guid.NewGuid()}";
            string[] command = ["import", gallery, Write(format), .. OptionsOf(format)];
            (int code, _, string error) = await _gallery.RunAsync(command);
            Assert.Equal(1, code);
            Assert.Contains("give --create", error, StringComparison.Ordinal);
            IngestSummary first = await _gallery.JsonAsync<IngestSummary>(0, [.. command, "--create"]);
            Assert.Equal((Rows, 40L, 0L), (first.Files, first.Enrolled, first.Failed));
            IngestSummary again = await _gallery.JsonAsync<IngestSummary>(0, [.. command, "--create"]);
            Assert.Equal((0L, 40L), (again.Enrolled, again.Duplicates));
            GalleryResponse filled = await _service.Client.GetGalleryAsync(gallery, Cancelled);
            Assert.Equal((4, 5L, 40L), (filled.Dimension, filled.Identities, filled.Images));
            ImageResponse image = await _service.Client.GetImageAsync(gallery, "p2", "7", Cancelled);
            Assert.Equal(VectorOf(7), image.Vector);
            Assert.Equal("c1", image.Facet);
            hashes.Add(filled.RootHash!);
        }

        Assert.Single(hashes);
    }

    [Theory]
    [InlineData("qdrant", 1)]
    [InlineData("milvus", 1)]
    [InlineData("ndjson", 1)]
    [InlineData("csv", 1)]
    [InlineData("npy", 0)]
    public async Task Import_FileThatWasCut_GoesOnWithTheWholeOne(string format, int broken)
    {
        string gallery = await _service.CreateGalleryAsync();
        string path = Write(format);
        byte[] whole = await File.ReadAllBytesAsync(path, Cancelled);
        await File.WriteAllBytesAsync(path, whole[..(whole.Length * 3 / 5)], Cancelled);
        string[] command = ["import", gallery, path, .. OptionsOf(format)];
        if (format == "npy")
        {
            (int code, _, string error) = await _gallery.RunAsync(command);
            Assert.Equal(1, code);
            Assert.Contains("needs 640 bytes; it has", error, StringComparison.Ordinal);
        }
        else
        {
            IngestSummary cut = await _gallery.JsonAsync<IngestSummary>(1, command);
            Assert.InRange(cut.Enrolled, 15, 30);
            Assert.Contains($"{path}", Assert.Single(cut.Failures).File, StringComparison.Ordinal);
            Assert.Equal(cut.Enrolled + broken, cut.Files);
        }

        await File.WriteAllBytesAsync(path, whole, Cancelled);
        IngestSummary rest = await _gallery.JsonAsync<IngestSummary>(0, command);
        Assert.Equal(40, rest.Enrolled + rest.Duplicates);
        Assert.Equal(40, (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Import_KilledInTheMiddle_GoesOn()
    {
        string gallery = await _service.CreateGalleryAsync();
        string path = _folder.File("many.ndjson");
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, 20_000).Select(i => Line(i, $"{i}")), Cancelled);
        string[] command = ["import", gallery, path, "--url", _service.Url.GetLeftPart(UriPartial.Authority)];
        bool killed = await GalleryProcess.KillWhenAsync(
            () => _service.Client.GetGalleryAsync(gallery, Cancelled).GetAwaiter().GetResult().Images > 500, command);
        long before = (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images;
        IngestSummary rest = await _gallery.JsonAsync<IngestSummary>(0, "import", gallery, path);
        Assert.True(killed && before is > 500 and < 20_000, $"{before}");
        Assert.True(rest.Duplicates >= before, $"{rest.Duplicates} of {before}");
        Assert.Equal(20_000, rest.Enrolled + rest.Duplicates);
        Assert.Equal(20_000, (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Import_BadRows_AreNamedWithTheirLinesAndTheRestIsEnrolled()
    {
        string gallery = await _service.CreateGalleryAsync();
        string path = _folder.File("bad.ndjson");
        await File.WriteAllLinesAsync(
            path,
            [
                Line(1, "1"),
                """{"imageId":"2","vector":[1,2,3,4]}""",
                """{"identity":"a","imageId":"3","vector":[1,2,3]}""",
                """{"identity":"a","imageId":"4","vector":[1,2,NaN,3]}""",
                """{"identity":"a/b","imageId":"5","vector":[1,2,3,4]}""",
                $$"""{"identity":"a","imageId":"{{new string('x', 300)}}","vector":[1,2,3,4]}""",
                $$"""{"identity":"a","imageId":"{{new string('x', 300_000)}}","vector":[1,2,3,4]}""",
                """{"identity":"p1","imageId":"1","vector":[4,3,2,1]}""",
                Line(1, "1"),
                Line(2, "2"),
            ],
            Cancelled);
        IngestSummary summary = await _gallery.JsonAsync<IngestSummary>(1, "import", gallery, path);
        Assert.Equal((10, 2L, 1L, 1L, 7L),
            (summary.Files, summary.Enrolled, summary.Duplicates, summary.Conflicts, summary.Failed));
        Assert.Equal(
            [(2, "invalid_row"), (3, ErrorCodes.InvalidEmbedding), (4, "invalid_row"), (5, ErrorCodes.InvalidId),
                (6, ErrorCodes.InvalidId), (7, "invalid_row"), (8, ErrorCodes.ImageConflict)],
            summary.Failures.Select(failure => (
                int.Parse(failure.File[(failure.File.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture),
                failure.Code)).Order());
        Assert.Equal(2, (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Import_MoreBadRowsThanAreListed_AreCounted()
    {
        string gallery = await _service.CreateGalleryAsync();
        string path = _folder.File("bad.ndjson");
        await File.WriteAllLinesAsync(path, [Line(1, "1"), .. Enumerable.Repeat("{}", 1_500)], Cancelled);
        (int code, string output, string error) = await _gallery.RunAsync("import", gallery, path);
        Assert.Equal(1, code);
        Assert.Contains("failed             1,500", output, StringComparison.Ordinal);
        Assert.Contains("500 more were refused", error, StringComparison.Ordinal);
        Assert.Contains("bad.ndjson:1001: it has no field 'identity'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("bad.ndjson:1002:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.ndjson", "{\"identity\":\"a\",\"vector\":[1,2,3]}", "3 dimensions; gallery '")]
    [InlineData("x.ndjson", "{}\n{}", "x.ndjson:1: it has no field 'identity'; it has none")]
    [InlineData("x.ndjson", "", "has no rows")]
    [InlineData("x.json", "{\"result\":{\"points\":[{\"id\":1,\"payload\":{\"n\":1},\"vector\":[1]}]}}",
        "say with --identity")]
    [InlineData("x.bin", "nothing", "not recognised; say with --format")]
    [InlineData("x.npy", "nothing", "says nothing of identities")]
    [InlineData("x.csv", "a,b\n1,2\n", "no column 'identity'")]
    [InlineData("missing", null, "it is not there")]
    public async Task Import_WhatCannotBegin_IsOneErrorAndChangesNothing(string name, string? text, string expected)
    {
        string gallery = await _service.CreateGalleryAsync();
        if (text is not null)
        {
            await File.WriteAllTextAsync(_folder.File(name), text, Cancelled);
        }

        (int code, string output, string error) = await _gallery.RunAsync("import", gallery, _folder.File(name));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal(0, (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    private static float[] VectorOf(int row) => [(row % 1_000) + 0.1f, 1f / (row + 1), -(row % 1_000), 1];

    private static string Numbers(int row, string separator) =>
        string.Join(separator, VectorOf(row).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static string Line(int row, string id) =>
        $$"""{"identity":"p{{row % 5}}","imageId":"{{id}}","facet":"c{{row % 2}}","vector":[{{Numbers(row, ",")}}]}""";

    private static string[] OptionsOf(string format) => format switch
    {
        "qdrant" => ["--identity", "who", "--facet", "cam", "--vector", "face"],
        "milvus" => ["--identity", "who", "--facet", "cam"],
        _ => [],
    };

    private string Write(string format)
    {
        string path = _folder.File(format is "qdrant" or "milvus" ? $"{format}.json" : $"rows.{format}");
        IEnumerable<int> rows = Enumerable.Range(0, Rows);
        string text = format switch
        {
            "qdrant" => "{\"result\":{\"points\":[" + string.Join(",\n", rows.Select(i =>
                $$$"""{"id":{{{i}}},"payload":{"who":"p{{{i % 5}}}","cam":"c{{{i % 2}}}"},"""
                + $$$"""{{{"\n"}}}"vector":{"face":[{{{Numbers(i, ",")}}}]}}"""))
                + "],\"next_page_offset\":null},\"status\":\"ok\",\"time\":0.01}",
            "milvus" => "{\"rows\":[" + string.Join(",", rows.Select(i =>
                $$"""{"id":{{i}},"who":"p{{i % 5}}","cam":"c{{i % 2}}","embedding":[{{Numbers(i, ",")}}]}""")) + "]}",
            "csv" => "identity,imageId,facet,vector\n" + string.Concat(rows.Select(
                i => $"p{i % 5},{i},c{i % 2},\"[{Numbers(i, " ")}]\"\n")),
            _ => string.Concat(rows.Select(i => Line(i, $"{i}") + "\n")),
        };
        if (format == "npy")
        {
            NpyFile.Write(path, new NpyArray<float>([Rows, 4], [.. rows.SelectMany(VectorOf)]));
            File.WriteAllText(path + ".ids.ndjson", text, Encoding.UTF8);
        }
        else
        {
            File.WriteAllText(path, text, Encoding.UTF8);
        }

        return path;
    }
}

using System.Text;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

public sealed class ImportFileTests : IDisposable
{
    private const string Scroll = """
        {"result": {"points": [
          {"id": 1, "payload": {"who": {"name": "anna"}, "cam": 3, "at": "2026-11-28T09:30:00"}, "vector": [1, 2.5]},
          {"id": "5c56c793-69f3-4fbf-87e6-c4bf54c28c26", "payload": {"who": {"name": 7}}, "vector": [3, 4]},
          {"id": 3, "payload": null, "vector": [3, 4]},
          {"id": 4, "payload": {"who": {"name": "bob"}}, "vector": null},
          {"id": 18446744073709551615, "payload": {"who": {"name": "bob"}}, "vector": [3, 1e300]}
        ], "next_page_offset": 4}, "status": "ok", "time": 0.001}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_QdrantScrolls_ArePointsWithTheirFaults()
    {
        ImportFile file = Open(
            "scroll.json", $"{Scroll}\n{Scroll}",
            new ImportFields { Identity = "who.name", Facet = "cam", TakenAt = "at" });
        Assert.Equal((ImportFormat.Qdrant, 2), (file.Format, file.FindDimension(out _)));
        ImportRow[] rows = Rows(file);
        Assert.Equal(10, rows.Length);
        Assert.Equal(("anna", "1", "3"), (rows[0].Identity, rows[0].ImageId, rows[0].Facet));
        Assert.Equal([1f, 2.5f], rows[0].Vector);
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero), rows[0].TakenAt);
        Assert.Equal(("7", "5c56c793-69f3-4fbf-87e6-c4bf54c28c26"), (rows[1].Identity, rows[1].ImageId));
        Assert.Equal(
            [null, null, "its payload has no field 'who.name'; it has none.",
                "it has no vector; scroll with \"with_vector\": true.",
                "component 1 of its 'vector' is no finite float32 number."],
            rows[..5].Select(row => row.Fault));
        Assert.EndsWith("scroll.json:4 (point 3)", file.PlaceOf(rows[2]), StringComparison.Ordinal);
        Assert.EndsWith("scroll.json:12 (point 9)", file.PlaceOf(rows[8]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"id\":1,\"payload\":{\"n\":\"a\"},\"vector\":{\"face\":[1,2]}}]", null, 2, null)]
    [InlineData("{\"points\":[{\"id\":1,\"payload\":{\"n\":\"a\"},\"vector\":{\"x\":[1,2],\"y\":[3,4]}}]}", null, 0,
        "several vectors, 'x' and 'y'; say which with --vector")]
    [InlineData("{\"result\":[{\"id\":1,\"payload\":{\"n\":\"a\"},\"vector\":{\"x\":[1,2],\"y\":[3,4,5]}}]}", "y", 3,
        null)]
    [InlineData("[{\"id\":1,\"payload\":{\"n\":\"a\"},\"vector\":{\"x\":{\"indices\":[1],\"values\":[2]}}}]", "x", 0,
        "'x' is sparse")]
    [InlineData("[{\"id\":1,\"payload\":{\"n\":\"a\"},\"vector\":[1,2]}]", "x", 0, "leave --vector out")]
    [InlineData("[{\"id\":1,\"payload\":{\"n\":true},\"vector\":[1,2]}]", null, 0, "'n' is true; a text or a whole")]
    public void Read_QdrantVectors_AreTheNamedOnes(string json, string? vector, int dimension, string? fault)
    {
        ImportRow row = Assert.Single(Rows(Open("p.json", json, new ImportFields { Identity = "n", Vector = vector })));
        Assert.Equal(dimension, row.Vector.Length);
        Assert.Equal(fault is null, row.Fault is null);
        Assert.Contains(fault ?? string.Empty, row.Fault ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void FindDimension_NoIdentityNamed_SaysWhatThereIs()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => Open("scroll.json", Scroll, new ImportFields()).FindDimension(out _));
        Assert.Contains("say with --identity", e.Message, StringComparison.Ordinal);
        Assert.Contains("it has 'who', 'cam', 'at'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"rows\":[{\"id\":9,\"name\":\"a\",\"embedding\":[1,2]}]}", "9")]
    [InlineData("{\"code\":0,\"data\":[{\"id\":\"x\",\"name\":\"a\",\"vector\":[1,2]}]}", "x")]
    [InlineData("[{\"pk\":9,\"name\":\"a\",\"vector\":[1,2]}]", "m.json:1")]
    public void Read_Milvus_IsRows(string json, string id)
    {
        ImportFile file = Open("m.json", json, new ImportFields { Identity = "name" });
        Assert.Equal(ImportFormat.Milvus, file.Format);
        ImportRow row = Assert.Single(Rows(file));
        Assert.Equal(("a", id, null), (row.Identity, row.ImageId, row.Fault));
        Assert.Equal([1f, 2f], row.Vector);
    }

    [Fact]
    public void Read_Ndjson_BadLinesAreRows()
    {
        ImportFile file = Open(
            "f.ndjson",
            "\uFEFF{\"identity\":\"a\",\"imageId\":\"1\",\"vector\":[1,2],\"facet\":\"\"}\r\n\n{\"identity\":\"b\",\n"
            + "{\"identity\":\"c\",\"embedding\":\"AACAPwAAAEA=\"}\n[1]\n"
            + "{\"identity\":\"d\",\"vector\":\"AACAPwAAAEA=\"}",
            new ImportFields());
        ImportRow[] rows = Rows(file);
        Assert.Equal(ImportFormat.Ndjson, file.Format);
        Assert.Equal([1L, 3, 4, 5, 6], rows.Select(row => row.Line));
        Assert.Equal([true, false, false, false, true], rows.Select(row => row.Fault is null));
        Assert.Equal(("d", "f.ndjson:5"), (rows[4].Identity, rows[4].ImageId));
        Assert.Equal([1f, 2f], rows[4].Vector);
        Assert.Null(rows[0].Facet);
    }

    [Fact]
    public void Read_Csv_VectorsInOneColumnOrInMany()
    {
        ImportRow[] one = Rows(Open(
            "a.csv", "who,v\n\"a, b\",\"[1.5 -2e-1\n 3]\"\nc,\"1;2;x\"\nd\n,\"1,2,3\"\ne,\"(1, 2, NaN)\"\n",
            new ImportFields { Identity = "who", Vector = "v" }));
        Assert.Equal(("a, b", "a.csv:1", 2L), (one[0].Identity, one[0].ImageId, one[0].Line));
        Assert.Equal([1.5f, -0.2f, 3], one[0].Vector);
        Assert.Equal(
            [null, "component 2 of its 'v' is 'x'; a number is expected.", "it has 1 fields; the header has 2.",
                "its 'who' is empty.", "component 2 of its 'v' is no finite float32 number."],
            one.Select(row => row.Fault));
        Assert.Equal([2L, 4, 5, 6, 7], one.Select(row => row.Line));
        ImportRow many = Assert.Single(Rows(Open(
            "b.csv", "imageId,e1,e2,e3,identity,takenAt\r\nx,1,2,3,a,2026-01-02\r\n",
            new ImportFields { Vector = "e" })));
        Assert.Equal(("x", 2026), (many.ImageId, many.TakenAt?.Year));
        Assert.Equal([1f, 2, 3], many.Vector);
    }

    [Fact]
    public void Read_QdrantPages_TheLastSaysWhetherMoreIsThere()
    {
        using IImportRows first = Open("first.json", Scroll, new ImportFields { Identity = "who.name" }).Open();
        Assert.Equal(5, first.Read().Count());
        Assert.Equal("4", first.MoreFrom);
        using IImportRows all = Open(
            "all.json", Scroll + Scroll.Replace("\"next_page_offset\": 4", "\"next_page_offset\": null"),
            new ImportFields { Identity = "who.name" }).Open();
        Assert.Equal(10, all.Read().Count());
        Assert.Null(all.MoreFrom);
        using IImportRows failed = Open(
            "failed.json", Scroll + "{\"status\": {\"error\": \"Service internal error\"}, \"time\": 0}",
            new ImportFields { Identity = "who.name" }).Open();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => failed.Read().Count());
        Assert.Contains(
            "failed.json': what begins at line 6 or behind it has no array ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q.json", "[{\"id\":1,\"payload\":{\"n\":\"a\"},\"vector\":{\"image\":[1,2]}},"
        + "{\"id\":2,\"payload\":{\"n\":\"a\"},\"vector\":{\"text\":[1,2]}}]")]
    [InlineData("n.ndjson", "{\"n\":\"a\",\"image\":[1,2]}\n{\"n\":\"a\",\"text\":[1,2]}")]
    public void Read_AnotherVectorThanTheFirst_IsNotTakenForIt(string name, string text)
    {
        ImportRow[] rows = Rows(Open(name, text, new ImportFields { Identity = "n" }));
        Assert.Equal([2, 0], rows.Select(row => row.Vector.Length));
        Assert.Contains("no field 'image'; it has", rows[1].Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity,vector\nanna,\"0,12;0,5;0,33\"\n", "component 0 of its 'vector' is '0,12'")]
    [InlineData("identity,vector\nanna,\"0.1,,0.3\"\n", "component 1 of its 'vector' is ''")]
    public void Read_CsvNumbersThatAreNone_AreRefused(string text, string expected)
    {
        ImportRow row = Assert.Single(Rows(Open("x.csv", text, new ImportFields())));
        Assert.Contains(expected, row.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CsvQuoteWithinAField_IsACharacter()
    {
        ImportRow[] rows = Rows(Open(
            "x.csv", "identity,vector\n5\" lens,\"[1, 2]\"\n \"a \"\"b\"\"\" ,\"3\n4\"\n", new ImportFields()));
        Assert.Equal(["5\" lens", "a \"b\""], rows.Select(row => row.Identity));
        Assert.Equal([1f, 2], rows[0].Vector);
        Assert.Equal([3f, 4], rows[1].Vector);
    }

    [Fact]
    public void FindDimension_AFieldThatNoRowHas_IsRefused()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Open(
            "scroll.json", Scroll, new ImportFields { Identity = "who.name", Facet = "camra" }).FindDimension(out _));
        Assert.Contains("none has a field 'camra'; --facet", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindDimension_NoRows_SaysSo()
    {
        ImportFile file = Open(
            "page.json", "{\"result\":{\"points\":[],\"next_page_offset\":null}}", new ImportFields { Identity = "n" });
        Assert.Null(file.FindDimension(out string fault));
        Assert.EndsWith("page.json' has no rows.", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.csv", "who,v\na,\"1,2\n", "line 1: the header has no column 'identity'")]
    [InlineData("x.csv", "identity,v0\na,\"1\n", "line 1: the header has no column 'vector'")]
    [InlineData("x.csv", "identity,vector\na,\"1 2\n", "line 2: its quotes are not closed")]
    [InlineData("x.csv", "", "header is expected")]
    [InlineData("x.csv", "identity,vector0,vector1,vector3\na,1,2,3\n", "'vector3', but no 'vector2'")]
    [InlineData("x.json", "{\"result\":{\"points\":[\n{\"id\":1},\n{\"id\":", "line 3")]
    [InlineData("x.json", "{\"result\":{\"points\":[\n{\"id\":1},\n{\"id\" NaN", "line 3, byte 7")]
    [InlineData("x.json", "{\"result\":{\"points\":[\n{\"id\":1}", "line 2")]
    [InlineData("x.json", "{\"result\":{\"status\":1}}", "has no array 'result.points'")]
    public void Read_MalformedFile_IsOneErrorWithItsPlace(string name, string text, string expected)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => Rows(Open(name, text, new ImportFields { Identity = name == "x.json" ? "n" : null })));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LargeDocument_HoldsOnePointAtATime()
    {
        StringBuilder json = new("{\"ignored\":[[1,{\"rows\":[{}]}]],\"result\":{\"points\":[");
        string vector = string.Join(", ", Enumerable.Range(0, 512).Select(i => $"{i}.25"));
        for (int i = 0; i < 500; i++)
        {
            json.Append(i == 0 ? "\n" : ",\n").Append($"{{\"id\":{i},\"payload\":{{\"n\":\"p{i % 7}\"}},\"vector\":[")
                .Append(vector).Append("]}");
        }

        ImportFile file = Open("large.json", json.Append("]}}").ToString(), new ImportFields { Identity = "n" });
        ImportRow[] rows = Rows(file);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}"), rows.Select(row => row.ImageId));
        Assert.All(rows, row => Assert.Equal((row.Number + 1, 511.25f), (row.Line, row.Vector[511])));
    }

    [Fact]
    public void Read_ValueBeyondTheLimit_IsRefused()
    {
        string huge = new('x', ReadBufferLimit + 1);
        foreach ((string name, string text) in (ReadOnlySpan<(string, string)>)
            [("x.json", "{\"rows\":[{\"a\":\"" + huge + "\"}]}"), ("x.ndjson", "{\"a\":\"" + huge + "\"}\n")])
        {
            InvalidDataException e = Assert.Throws<InvalidDataException>(
                () => Rows(Open(name, text, new ImportFields(), ImportFormat.Milvus)));
            Assert.Contains("longer than 16 MiB", e.Message, StringComparison.Ordinal);
        }

        ImportRow row = Assert.Single(Rows(Open(
            "id.ndjson", $"{{\"identity\":\"{huge[..3000]}\",\"vector\":[1,2]}}", new ImportFields())));
        Assert.Contains("3000 characters", row.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Npy_TakesIdentitiesOfEveryKind()
    {
        string path = _folder.File("v.npy");
        NpyFile.Write(path, new NpyArray<double>([3, 2], [1, 2, 3, double.NaN, 5, 6]));
        File.WriteAllText(_folder.File("ids.txt"), "anna\r\n\nbob\n");
        NpyFile.Write(_folder.File("ids.npy"), new NpyArray<long>([3], [7, 8, 9]));
        NpyFile.WriteText(_folder.File("names.npy"), new NpyArray<string>([3], ["anna", "", "bob"]));
        File.WriteAllText(
            path + ".ids.ndjson",
            "{\"identity\":\"anna\",\"imageId\":\"x\",\"facet\":\"c\"}\n{\"identity\":\"b\"}\n"
            + "{\"identity\":\"bob\"}\n");
        foreach (string? ids in (string?[])[null, _folder.File("ids.txt"), _folder.File("names.npy")])
        {
            ImportRow[] rows = Rows(ImportFile.Of(path, null, new ImportFields(), ids));
            Assert.Equal(["anna", "bob"], rows.Where(row => row.Fault is null).Select(row => row.Identity));
            Assert.Equal((ids is null ? "x" : "v.npy:1", "v.npy:3"), (rows[0].ImageId, rows[2].ImageId));
            Assert.Equal([5f, 6f], rows[2].Vector);
        }

        Assert.Equal(
            ["7", "", "9"],
            Rows(ImportFile.Of(path, null, new ImportFields(), _folder.File("ids.npy")))
                .Select(row => row.Fault is null ? row.Identity : string.Empty));
        File.WriteAllText(_folder.File("ids.txt"), "anna\nbob\n");
        Assert.Contains(
            "has 2 identities",
            Assert.Throws<InvalidDataException>(
                () => Rows(ImportFile.Of(path, null, new ImportFields(), _folder.File("ids.txt")))).Message,
            StringComparison.Ordinal);
    }

    private const int ReadBufferLimit = 16 * 1024 * 1024;

    private static ImportRow[] Rows(ImportFile file)
    {
        using IImportRows rows = file.Open();
        return [.. rows.Read()];
    }

    private ImportFile Open(string name, string text, ImportFields fields, ImportFormat? format = null)
    {
        File.WriteAllText(_folder.File(name), text);
        return ImportFile.Of(
            _folder.File(name), name.EndsWith("ndjson", StringComparison.Ordinal) ? null : format, fields, null);
    }
}

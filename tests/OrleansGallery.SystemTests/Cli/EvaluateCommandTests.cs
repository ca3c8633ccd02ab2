using System.Globalization;
using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.Testing;
using SkiaSharp;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery evaluate</c> on arrays and on images.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_Arrays_PrintsOneDocument()
    {
        using JsonDocument document = JsonDocument.Parse(
            await SucceedAsync([.. Arrays(), "--protocol", "reid", "--json"]));
        JsonElement root = document.RootElement;
        Assert.Equal("reid", root.GetProperty("protocol").GetString());
        // Two queries; that of identity 7 has nothing to find. The image of the query's camera does not count.
        foreach (string mode in (string[])["instance", "centroid", "instanceDropped", "centroidOther"])
        {
            JsonElement figures = root.GetProperty(mode);
            Assert.Equal(1, figures.GetProperty("queries").GetInt32());
            Assert.Equal(1, figures.GetProperty("queriesWithoutMatch").GetInt32());
            Assert.All(
                ["mINP", "rank1", "rank5", "rank10", "rank20", "rank50", "fnirAtFpir10", "fnirAtFpir1", "searchMs"],
                name => Assert.True(figures.GetProperty(name).GetDouble() >= 0, name));
            Assert.Equal(8 * figures.GetProperty("gallery").GetInt32(), figures.GetProperty("bytes").GetInt32());
        }

        Assert.Equal(0.5, root.GetProperty("instance").GetProperty("mAP").GetDouble(), 1e-12);
        Assert.Equal(1, root.GetProperty("centroid").GetProperty("mAP").GetDouble(), 1e-12);
        Assert.Equal([3, 1, 2, 2], Of(root, "gallery", element => element.GetInt32()));
        Assert.Equal(
            ["kept", "dropped", "dropped", "kept"],
            Of(root, "identitiesWithoutQuery", element => element.GetString()!));
    }

    [Fact]
    public async Task Evaluate_Arrays_PrintsATableThatSaysWhatIsCounted()
    {
        string table = await SucceedAsync([.. Arrays(), "--reference-compatible"]);
        foreach (string expected in (string[])["single image", "centroid", "kept", "dropped", "rank-50", "mINP",
            "bytes", "ms/query", "1 queries have nothing correct to find", "Reference compatible"])
        {
            Assert.Contains(expected, table, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Reference compatible", await SucceedAsync(Arrays()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Folders_FindsThemByTheirColours()
    {
        Pictures();
        File.WriteAllText(_folder.File("data/gallery/red/notes.txt"), "no image");
        (int code, string output, string error) = await RunAsync(
            "evaluate", "images", "--checkpoint", "default", "--models", Models, "--data", _folder.File("data"),
            "--grid", _folder.File("out/grid.png"), "--json");
        Assert.True(code == 0, error);
        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Equal("fashion", document.RootElement.GetProperty("protocol").GetString());
        Assert.Equal([1, 1, 1, 1], Of(document.RootElement, "rank1", element => element.GetDouble()));
        Assert.Equal([6, 3, 4, 2], Of(document.RootElement, "gallery", element => element.GetInt32()));
        Assert.Contains("notes.txt", error, StringComparison.Ordinal);
        Assert.Contains("1 identities have no gallery image; their queries do not count: green", error,
            StringComparison.Ordinal);

        using SKBitmap grid = SKBitmap.Decode(_folder.File("out/grid.png"));
        Assert.Equal(1, grid.Width / 1000);
        // Both queries are answered right: green frames, and red ones behind them.
        Assert.True(Count(grid, 0x1A, 0x7F, 0x37) > 500 && Count(grid, 0xCF, 0x22, 0x2E) > 500);
    }

    [Fact]
    public async Task Evaluate_EveryNameOfAModel_GivesTheSameFigures()
    {
        Pictures();
        string file = DefaultModel.EnsureCreated(Models);
        File.Copy(file, _folder.File("elsewhere.safetensors"));
        string[] documents = await Task.WhenAll(
            new[] { "default", DefaultModel.Id, _folder.File("elsewhere.safetensors") }.Select(async checkpoint =>
            {
                using JsonDocument document = JsonDocument.Parse(await SucceedAsync(
                    "evaluate", "images", "--checkpoint", checkpoint, "--models", Models, "--data",
                    _folder.File("data"), "--json"));
                return string.Join(' ', Of(document.RootElement, "mAP", element => element.GetRawText()));
            }));
        Assert.Single(documents.Distinct());
    }

    [Fact]
    public async Task Evaluate_Manifest_TakesCamerasFromIt()
    {
        Pictures();
        File.WriteAllLines(_folder.File("data/list.csv"),
        [
            "path,identity,facet,split", "query/red/0.png,red,a,query", "gallery/red/0.png,red,a,gallery",
            "gallery/blue/0.png,blue,b,gallery",
        ]);
        using JsonDocument document = JsonDocument.Parse(await SucceedAsync(
            "evaluate", "images", "--checkpoint", "default", "--models", Models, "--layout", "manifest", "--data",
            _folder.File("data/list.csv"), "--json"));
        Assert.Equal("reid", document.RootElement.GetProperty("protocol").GetString());
        // The only right image is of the query's own camera.
        Assert.Equal([0, 0, 0, 0], Of(document.RootElement, "queries", element => element.GetInt32()));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("instance").GetProperty("mAP").ValueKind);
    }

    [Fact]
    public async Task Evaluate_NothingToShow_Is1AfterTheTable()
    {
        Pictures();
        Directory.Delete(_folder.File("data/gallery/red"), recursive: true);
        Directory.Delete(_folder.File("data/gallery/blue"), recursive: true);
        (int code, string output, string error) = await RunAsync(
            "evaluate", "images", "--checkpoint", "default", "--models", Models, "--data", _folder.File("data"),
            "--grid", _folder.File("grid.png"));
        Assert.Equal(1, code);
        Assert.Contains("3 queries have nothing correct to find", output, StringComparison.Ordinal);
        Assert.Contains("is not written", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("grid.png")));
    }

    [Fact]
    public async Task Evaluate_ManyUnreadableImages_Is1WithAList()
    {
        Pictures();
        ImageStub.Write(_folder.File("data/gallery/red/broken.png"));
        (int code, string output, string error) = await RunAsync(
            "evaluate", "images", "--checkpoint", "default", "--models", Models, "--data", _folder.File("data"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("1 of 10 images cannot be read, more than 5", error, StringComparison.Ordinal);
        Assert.Contains("broken.png", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NaN", "row 1, component 0 is NaN")]
    [InlineData("labels", "4 labels, 5 facets")]
    [InlineData("queries", "The number of queries is 5")]
    public async Task Evaluate_ArraysThatDoNotFit_Is1WithOneLine(string fault, string expected)
    {
        string[] arguments = Arrays();
        switch (fault)
        {
            case "NaN":
                WriteEmbeddings(1, 0, float.NaN, 1, 1, 0, 0, 1, 1, 1);
                break;
            case "labels":
                WriteIntegers("labels.npy", 1, 7, 1, 1);
                break;
            default:
                arguments[^1] = "5";
                break;
        }

        (int code, string output, string error) = await RunAsync(arguments);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images", "--checkpoint", "nobody", "--data", "/no/such")]
    [InlineData("images", "--checkpoint", "default", "--data", "/no/such")]
    [InlineData("images", "--checkpoint", "default", "--data", "/no/such", "--layout", "market1501")]
    [InlineData("images", "--checkpoint", "default", "--data", "/no/such", "--layout", "omniglot")]
    [InlineData(
        "images", "--checkpoint", "default", "--data", "/no/such", "--layout", "coco", "--train-json", "/no/such.json")]
    [InlineData("images", "--checkpoint", "default", "--data", "/no/such", "--layout", "manifest")]
    [InlineData("embedded", "--gallery", "/no/such", "--queries", "/no/such")]
    [InlineData("arrays", "--embeddings", "/no/such.npy", "--labels", "/no/such.npy", "--queries", "1")]
    public async Task Evaluate_WhatIsNotThere_Is1WithoutAnException(params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(["evaluate", .. arguments]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("no", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images, embedded, arrays or online")]
    [InlineData("'pictures' is none", "pictures")]
    [InlineData("--labels", "arrays", "--embeddings", "e.npy", "--queries", "1")]
    [InlineData("--queries", "arrays", "--embeddings", "e.npy", "--labels", "l.npy")]
    [InlineData("--queries is 'many'", "arrays", "--embeddings", "e.npy", "--labels", "l.npy", "--queries", "many")]
    [InlineData("--grid", "arrays", "--embeddings", "e.npy", "--labels", "l.npy", "--queries", "1", "--grid", "g.png")]
    [InlineData("--queries", "embedded", "--gallery", "d")]
    [InlineData("--checkpoint", "images", "--data", "d")]
    [InlineData("--data", "images", "--checkpoint", "default")]
    [InlineData("--train-json", "images", "--checkpoint", "default", "--data", "d", "--layout", "coco")]
    [InlineData("at least 1", "images", "--checkpoint", "default", "--layout", "catalogue", "--gallery-images", "0")]
    [InlineData("nested", "images", "--checkpoint", "default", "--data", "d", "--layout", "nested")]
    [InlineData("other", "images", "--checkpoint", "default", "--data", "d", "--protocol", "other")]
    public async Task Evaluate_WrongUsage_Is2AndSaysWhy(string expected, params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(["evaluate", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gallery evaluate images --checkpoint", "--checkpoint", "default", "--data", "d")]
    [InlineData("gallery evaluate images --checkpoint", "--layout", "catalogue", "--json")]
    [InlineData("gallery evaluate embedded --gallery", "--gallery-set", "a", "--query-set", "b")]
    [InlineData("gallery evaluate arrays --embeddings", "--embeddings", "e", "--labels", "l", "--queries", "1")]
    public async Task Evaluate_TheSpellingBeforeTheSubcommands_Is2AndNamesTheNewOne(
        string expected, params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(["evaluate", .. arguments]);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Help_ExplainsTheThreeWays()
    {
        string help = await SucceedAsync("evaluate", "--help");
        foreach (string expected in (string[])["images", "embedded", "arrays", "data set", "gallery embed", "NumPy"])
        {
            Assert.Contains(expected, help, StringComparison.Ordinal);
        }
    }

    private string Models => _folder.File("models");

    // Queries: identity 1 and 7 of camera 0. Gallery: identity 1 of cameras 0 and 1, identity 2.
    private string[] Arrays()
    {
        WriteEmbeddings(1, 0, 0, 1, 1, 0, 2, 1, 3, 1);
        WriteIntegers("labels.npy", 1, 7, 1, 1, 2);
        WriteIntegers("facets.npy", 0, 0, 0, 1, 1);
        return
        [
            "evaluate", "arrays", "--embeddings", _folder.File("embeddings.npy"), "--labels",
            _folder.File("labels.npy"), "--facets", _folder.File("facets.npy"), "--queries", "2",
        ];
    }

    private void WriteEmbeddings(params float[] values) =>
        NpyFile.Write(_folder.File("embeddings.npy"), new NpyArray<float>([values.Length / 2, 2], values));

    private void WriteIntegers(string name, params long[] values) =>
        NpyFile.Write(_folder.File(name), new NpyArray<long>([values.Length], values));

    private void Pictures()
    {
        foreach ((string identity, int level) in new[] { ("red", 220), ("blue", 10), ("green", 120), ("grey", 170) })
        {
            string[] parts = identity == "green" ? ["query"] : identity == "grey" ? ["gallery"] : ["query", "gallery"];
            foreach (string part in parts)
            {
                Directory.CreateDirectory(_folder.File($"data/{part}/{identity}"));
                for (int i = part == "query" ? 1 : 0; i < 2; i++)
                {
                    byte[] rgb = [.. Enumerable.Range(0, 32 * 32 * 3).Select(p => (byte)(p % 3 == 0
                        ? level
                        : p % 3 == 1 ? p * (i + 7) % 60 : 255 - level))];
                    string name = (part == "query" ? 0 : i).ToString(CultureInfo.InvariantCulture);
                    File.WriteAllBytes(_folder.File($"data/{part}/{identity}/{name}.png"), PngFile.Rgb(32, 32, rgb));
                }
            }
        }
    }

    private static IEnumerable<T> Of<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
        new[] { "instance", "centroid", "instanceDropped", "centroidOther" }
            .Select(mode => read(root.GetProperty(mode).GetProperty(name)));

    private static int Count(SKBitmap bitmap, byte red, byte green, byte blue) =>
        bitmap.Pixels.Count(pixel => pixel == new SKColor(red, green, blue));

    private static async Task<string> SucceedAsync(params string[] arguments)
    {
        (int code, string output, string error) = await RunAsync(arguments);
        Assert.True(code == 0, error);
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(
            arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return (code, output.ToString(), error.ToString());
    }
}

using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>An array with a number that is none is refused by every command, with its place.</summary>
public sealed class NotFiniteTests(RunningService service) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(1e300, "1E+300")]
    public async Task RunAsync_RowThatIsNotFinite_Is1NamingRowAndComponent(double value, string shown)
    {
        foreach (bool wide in (bool[])[false, true])
        {
            // As float32, a number too large for it is infinite already.
            string expected = !wide && shown == "1E+300" ? "Infinity" : shown;
            Write("bad", wide, value);
            Write("good", wide, 0.5);
            string gallery = await service.CreateGalleryAsync(new CreateGalleryRequest { Dimension = 5 });
            string[][] commands =
            [
                ["similar", "--gallery", File("bad"), "--queries", File("good")],
                ["similar", "--gallery", File("good"), "--queries", File("bad")],
                ["evaluate", "embedded", "--gallery", File("bad"), "--queries", File("good")],
                ["evaluate", "arrays", "--embeddings", Vectors("bad"), "--labels", File("labels.npy"), "--queries",
                    "1"],
                ["ingest", gallery, "--vectors", Vectors("bad"), "--paths", Path.Combine(File("bad"), "paths.npy")],
                ["search", gallery, "--vector", Vectors("bad"), "--row", "0"],
            ];
            foreach (string[] command in commands)
            {
                (int code, string output, string error) = await RunAsync(command);
                Assert.Equal((1, ""), (code, output));
                Assert.Contains($"bad/embeddings.npy': row 2, component 3 is {expected};", error,
                    StringComparison.Ordinal);
                Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }

            Assert.Equal(0, (await service.Client.GetGalleryAsync(
                gallery, TestContext.Current.CancellationToken)).Images);
        }
    }

    [Fact]
    public async Task EvaluateArrays_LabelsOfEveryType_GiveTheSameFigures()
    {
        Write("good", wide: true, 0.5);
        NpyFile.Write(File("int32.npy"), new NpyArray<int>([3], [7, 8, 7]));
        NpyFile.WriteText(File("text.npy"), new NpyArray<string>([3], ["anna", "bob", "anna"]));
        List<string> documents = [];
        foreach (string labels in (string[])["labels.npy", "int32.npy", "text.npy"])
        {
            (int code, string output, string error) = await RunAsync(
                "evaluate", "arrays", "--embeddings", Vectors("good"), "--labels", File(labels), "--queries", "1",
                "--json");
            Assert.True(code == 0, error);
            documents.Add(string.Join('\n', output.Split('\n').Where(
                line => !line.Contains("searchMs", StringComparison.Ordinal))));
        }

        Assert.Single(documents.Distinct());
    }

    [Fact]
    public async Task EvaluateArrays_OtherTypes_AreNamed()
    {
        Write("good", wide: false, 0.5);
        string[] command =
        [
            "evaluate", "arrays", "--embeddings", Vectors("good"), "--labels", Vectors("good"), "--queries", "1",
        ];
        (int code, _, string error) = await RunAsync(command);
        Assert.Equal(1, code);
        Assert.Contains("labels are int64", error, StringComparison.Ordinal);
        Assert.Contains("its elements are '<f4'", error, StringComparison.Ordinal);
        command[3] = File("labels.npy");
        (code, _, error) = await RunAsync(command);
        Assert.Equal(1, code);
        Assert.Contains("its elements are '<i8'; vectors are float32", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string File(string name) => _folder.File(name);

    private string Vectors(string set) => Path.Combine(File(set), EmbeddingSet.EmbeddingsFile);

    private void Write(string set, bool wide, double value)
    {
        double[] values = [.. Enumerable.Range(0, 15).Select(i => i == 13 ? value : 1 + (i % 4))];
        Directory.CreateDirectory(File(set));
        if (wide)
        {
            NpyFile.Write(Vectors(set), new NpyArray<double>([3, 5], values));
        }
        else
        {
            NpyFile.Write(Vectors(set), new NpyArray<float>([3, 5], [.. values.Select(v => (float)v)]));
        }

        NpyFile.WriteText(
            Path.Combine(File(set), EmbeddingSet.PathsFile), new NpyArray<string>([3], ["a/1", "b/1", "a/2"]));
        NpyFile.Write(File("labels.npy"), new NpyArray<long>([3], [7, 8, 7]));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(
            [.. args, "--url", service.Url.GetLeftPart(UriPartial.Authority)], output, error);
        return (code, output.ToString(), error.ToString());
    }
}

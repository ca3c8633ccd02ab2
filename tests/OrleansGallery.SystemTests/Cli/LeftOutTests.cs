using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>What lies beside images in a folder is counted and named by every command, and stops none.</summary>
public sealed class LeftOutTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly PictureFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public LeftOutTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.Models);
        _folder.Add("data/gallery", "anna/a.jfif", "anna/b.jpe", "bob/1.jpg");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryCommand_FilesThatAreNoImages_AreCountedAndNamed()
    {
        Write("anna/c.heic", "\0\0\0\x18ftypheic");
        Write("anna/d.avif", "\0\0\0\x1Cftypavif");
        Write("anna/README.txt", "hello");
        Write("carol/e.jxl", "\u00FF\n....");
        string[] expected = ["anna/README.txt", "anna/c.heic", "anna/d.avif", "carol/e.jxl"];

        EmbedSummary embedded = await _gallery.JsonAsync<EmbedSummary>(
            0, "embed", _folder.File("data/gallery"), "--out", _folder.File("set"));
        Assert.Equal(3, embedded.Images);
        Assert.Equal(expected, embedded.LeftOut.Select(file => Below(file.Path)));
        Assert.Equal(["carol"], embedded.EmptyIdentities);

        (_, string error) = await EvaluateAsync();
        Assert.Contains("identities of", error, StringComparison.Ordinal);
        Assert.Contains("carol", error, StringComparison.Ordinal);
        Assert.Contains("4 files of", error, StringComparison.Ordinal);
        Assert.Contains("README.txt", error, StringComparison.Ordinal);

        (IngestSummary summary, string told) = await IngestAsync(1);
        Assert.Equal((7, 3L, 0L), (summary.Files, summary.Enrolled, summary.Duplicates));
        Assert.Equal(expected, summary.Failures.Select(failure => Below(failure.File)));
        Assert.Contains("'carol' has no image", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryCommand_NamesThatAreNotUtf8_AreReportedAndCountsAddUp()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names of arbitrary bytes are Linux's.");
        await ShellAsync("mkdir \"$(printf 'jos\\351')\"; cp bob/1.jpg \"$(printf 'jos\\351')/1.jpg\"; "
            + "cp bob/1.jpg \"$(printf 'anna/n\\351.jpg')\"");

        (IngestSummary summary, _) = await IngestAsync(1);
        Assert.Equal((5, 3L, 2), (summary.Files, summary.Enrolled, summary.Failures.Count));
        Assert.All(
            summary.Failures, failure => Assert.Contains("not UTF-8", failure.Message, StringComparison.Ordinal));
        EmbedSummary embedded = await _gallery.JsonAsync<EmbedSummary>(
            0, "embed", _folder.File("data/gallery"), "--out", _folder.File("set"));
        Assert.Equal((3, 2), (embedded.Images, embedded.LeftOut.Count));
        // .NET cannot remove them.
        await ShellAsync("rm -r jos* anna/n*");
    }

    [Fact]
    public async Task EveryCommand_PipesAndDevices_AreReportedInsteadOfWaitedFor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes as files are Linux's.");
        await ShellAsync("mkfifo bob/b.jpg; ln -s /dev/zero bob/z.jpg; ln -s b.jpg bob/l.jpg");

        (IngestSummary summary, _) = await IngestAsync(1).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal((6, 3L), (summary.Files, summary.Enrolled));
        Assert.Equal(["it is no regular file"], summary.Failures.Select(failure => failure.Message).Distinct());
        (_, string error) = await EvaluateAsync().WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Contains("3 files of", error, StringComparison.Ordinal);
        string pipe = _folder.File("data/gallery/bob/b.jpg");
        foreach (string[] args in (string[][])
            [
                ["search", "any", pipe], ["embed", pipe, "--out", _folder.File("set")],
                ["evaluate", "arrays", "--embeddings", pipe, "--labels", pipe, "--queries", "1"],
            ])
        {
            (int code, _, string told) = await Task.Run(() => _gallery.RunAsync(args))
                .WaitAsync(Limit, TestContext.Current.CancellationToken);
            Assert.Equal(1, code);
            Assert.Contains("it is no regular file", told, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(3, 3, 0)]
    [InlineData(1, 2, 3, "--include", "@eaDir")]
    [InlineData(1, 2, 3, "--include", "@eaDir/*.jpg")]
    [InlineData(2, 3, 1, "--exclude", "bob")]
    [InlineData(2, 3, 1, "--include", "anna/**", "--exclude", "*.txt")]
    public async Task Embed_ServiceFolders_AreTakenOnlyWhereNamed(
        int images, int hidden, int filtered, params string[] globs)
    {
        _folder.Add("data/gallery", "@eaDir/x.jpg", ".thumbnails/x.jpg", "anna/._a.jpg");
        (int code, string output, string error) = await _gallery.RunAsync(
            ["embed", _folder.File("data/gallery"), "--out", _folder.File("set"), .. globs]);
        Assert.True(code == 0, error);
        Assert.Contains($"{images} of 512 dimensions", output, StringComparison.Ordinal);
        Assert.Contains($"{hidden} hidden or service entr", error, StringComparison.Ordinal);
        Assert.Equal(filtered > 0, error.Contains("by --include or --exclude", StringComparison.Ordinal));
        Assert.Contains(filtered > 0 ? $", {filtered} file" : " left out", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ManifestInLatin1_IsRefusedWithItsLine()
    {
        const string text = "path,identity,split\na.jpg,anna,query\na.jpg,jos\u00E9,gallery\n";
        _folder.Write("m.csv", Encoding.Latin1.GetBytes(text));
        (int code, string output, string error) = await _gallery.RunAsync(
            "evaluate", "images", "--checkpoint", "default", "--layout", "manifest", "--data", _folder.File("m.csv"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("m.csv' line 3 is not UTF-8", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_GlobsWhereNothingIsLookedThrough_Is2()
    {
        (int code, _, string error) = await _gallery.RunAsync(
            "evaluate", "images", "--checkpoint", "default", "--layout", "manifest", "--data", "m.csv", "--exclude",
            "x");
        Assert.Equal(2, code);
        Assert.Contains("--exclude has no effect", error, StringComparison.Ordinal);
    }

    private string Below(string path) => Path.GetRelativePath(_folder.File("data/gallery"), path);

    private void Write(string path, string latin) =>
        _folder.Write($"data/gallery/{path}", Encoding.Latin1.GetBytes(latin));

    private async Task<(EvaluationDocument Document, string Error)> EvaluateAsync()
    {
        _folder.Add("data/query", "anna/1.jpg", "bob/1.jpg");
        (int code, string output, string error) = await _gallery.RunAsync(
            "evaluate", "images", "--checkpoint", "default", "--data", _folder.File("data"), "--json");
        Assert.True(code == 0, error);
        return (JsonSerializer.Deserialize<EvaluationDocument>(output, GalleryJson.Options)!, error);
    }

    private async Task<(IngestSummary Summary, string Error)> IngestAsync(int expected)
    {
        string gallery = await _service.CreateGalleryAsync(
            new CreateGalleryRequest { Model = ModelStore.DefaultName });
        (int code, string output, string error) = await _gallery.RunAsync(
            "ingest", gallery, _folder.File("data/gallery"), "--json");
        Assert.True(code == expected, error);
        return (JsonSerializer.Deserialize<IngestSummary>(output, GalleryJson.Options)!, error);
    }

    private async Task ShellAsync(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-ec", script])
        {
            WorkingDirectory = _folder.File("data/gallery"),
        })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}

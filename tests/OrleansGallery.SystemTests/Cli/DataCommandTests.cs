using System.Text.Json;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery data convert</c> as a process.</summary>
public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("market1501", 6, "manifest", 8)]
    [InlineData("dukemtmc", 6, "manifest", 8)]
    [InlineData("deepfashion", 3, "coco", 8)]
    [InlineData("street2shop", 3, "coco", 8)]
    public async Task Convert_Miniature_WarnsOfCountsAndIsEvaluated(string set, int warnings, string layout, int train)
    {
        MiniatureDownload.Write(set, _folder.File("download"));
        (int code, string output, string errors) = await Convert(set);
        Assert.True(code == 0, errors);
        Assert.Equal(
            warnings, errors.Split('\n').Count(line => line.StartsWith("warning: ", StringComparison.Ordinal)));
        Assert.Contains("are published.", errors, StringComparison.Ordinal);
        Assert.Contains("train", output, StringComparison.Ordinal);

        (code, output, errors) = await Convert(set, "--allow-counts", "--json");
        Assert.Equal((0, false), (code, errors.Contains("warning", StringComparison.Ordinal)));
        using JsonDocument result = JsonDocument.Parse(output);
        Assert.Equal(train, result.RootElement.GetProperty("parts")[0].GetProperty("images").GetInt32());
        string list = result.RootElement.GetProperty("file").GetString()!;
        string[] data = layout == "coco" ? ["--data", _folder.File("out"), "--train-json", list] : ["--data", list];
        (code, output, errors) = await GalleryProcess.RunAsync(
            ["evaluate", "images", "--checkpoint", "random", "--models", _folder.File("models"), "--layout", layout,
                .. data]);
        Assert.True(code == 0, errors);
        Assert.Contains(layout == "coco" ? "Protocol fashion" : "Protocol reid", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_TooManyImagesMissing_Is1AndNamesTheOption()
    {
        MiniatureDownload.Write("deepfashion", _folder.File("download"));
        File.Delete(_folder.File("download/Img/img/TOPS/Tee/id_00000004/comsumer_01.jpg"));
        (int code, string output, string errors) = await Convert("deepfashion");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("1 of 4 query images are missing", errors, StringComparison.Ordinal);
        Assert.Contains("--max-unreadable", errors, StringComparison.Ordinal);
        (code, _, errors) = await Convert("deepfashion", "--max-unreadable", "0.3");
        Assert.Equal(0, code);
        Assert.Contains("1 images are missing or cannot be read and are left out", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_KilledAndRunAgain_GoesOn()
    {
        MiniatureDownload.Write("street2shop", _folder.File("download"));
        await GalleryProcess.KillWhenAsync(
            () => Directory.Exists(_folder.File("out/train/bags")), ConvertArguments("street2shop"));
        (int code, _, string errors) = await Convert("street2shop", "--allow-counts");
        Assert.True(code == 0, errors);
        Assert.Empty(Directory.EnumerateFiles(_folder.File("out"), "*.part", SearchOption.AllDirectories));
        Assert.Equal(19, Directory.EnumerateFiles(_folder.File("out"), "*.jpg", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("--size is '256'", "deepfashion", "--size", "256")]
    [InlineData("--max-unreadable is '2'", "deepfashion", "--max-unreadable", "2")]
    [InlineData("--size", "market1501", "--size", "256x128")]
    [InlineData("--images", "deepfashion", "--images", "x")]
    [InlineData("--out", "market1501")]
    public async Task Convert_WrongUse_Is2(string expected, string set, params string[] more)
    {
        string[] target = expected == "--out" ? [] : ["--out", _folder.File("out")];
        (int code, _, string errors) = await GalleryProcess.RunAsync(
            ["data", "convert", set, _folder.File("download"), .. target, .. more]);
        Assert.Equal(2, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Errors)> Convert(string set, params string[] more) =>
        GalleryProcess.RunAsync([.. ConvertArguments(set), .. more]);

    private string[] ConvertArguments(string set) =>
        ["data", "convert", set, _folder.File("download"), "--out", _folder.File("out")];
}

using System.Text.Json;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery recipe</c> as a process: a miniature download, one epoch, a small network.</summary>
public sealed class RecipeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("training");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recipe_Market1501_ReportsBothModesBesideOthersFigures()
    {
        MiniatureDownload.Write("market1501", _folder.File("download"));
        (int code, string output, string errors) = await Recipe("market1501-ctl", "reid");
        Assert.True(code == 0, errors);
        Assert.Contains(
            "warning: The paper trained resnet50 from its ImageNet weights; this is compact-resnet from random weights",
            errors, StringComparison.Ordinal);
        foreach (string step in (string[])["1 of 4: ", "2 of 4: ", "3 of 4: ", "4 of 4: "])
        {
            Assert.Contains(step, errors, StringComparison.Ordinal);
        }

        Assert.Contains(Path.Combine(Out, "report.md"), output, StringComparison.Ordinal);
        string report = await File.ReadAllTextAsync(
            Path.Combine(Out, "report.md"), TestContext.Current.CancellationToken);
        string[][] rows = Rows(report, "this run");
        Assert.Equal(["single image", "centroid", "centroid"], rows.Select(row => row[1]));
        Assert.All(rows, row => Assert.All(row[2..8], cell => Assert.Matches(@"^[01]\.\d{4}$", cell)));
        Assert.Equal(
            ["centroid", "0.9874", "0.9850", "0.9910", "0.9960", "0.9970", "0.9990",
                "issue #14 of the paper's repository"],
            Rows(report, "others, the paper's weights")[1][1..]);
        Assert.Equal(
            ["centroid", "", "0.9480", "", "", "", "", "issue #41 of the paper's repository"],
            Assert.Single(Rows(report, "others, cameras read rightly"))[1..]);
        Assert.Equal(["8", "2"], Assert.Single(Rows(report, "train"))[1..]);
        Assert.Equal(["8", "12,936"], Assert.Single(Rows(report, "train images"))[1..]);
        Assert.Contains("compact-resnet, 32 x 32", report, StringComparison.Ordinal);

        (code, string again, errors) = await Recipe("market1501-ctl", "reid", "--json");
        Assert.True(code == 0, errors);
        Assert.Contains("Going on after step 2", errors, StringComparison.Ordinal);
        using JsonDocument done = JsonDocument.Parse(again);
        Assert.Equal(
            rows[1][2],
            done.RootElement.GetProperty("evaluation").GetProperty("centroid").GetProperty("mAP").GetDouble()
                .ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("deepfashion", "deepfashion-ctl-s", "the paper, CTL-S, ResNet-50", "0.4040")]
    [InlineData("street2shop", "street2shop-ctl-l", "the paper, CTL-L, ResNet-50-IBN", "0.5980")]
    [InlineData("dukemtmc", "dukemtmcreid-base", "the paper, CTL, ResNet-50, 256 x 128", "0.9610")]
    public async Task Recipe_OtherDataSets_RunToTheirReports(string set, string recipe, string whose, string map)
    {
        MiniatureDownload.Write(set, _folder.File("download"));
        bool reid = set == "dukemtmc";
        (int code, _, string errors) = await Recipe(recipe, reid ? "reid" : "fashion", "--allow-counts");
        Assert.True(code == 0, errors);
        Assert.DoesNotContain("are published", errors, StringComparison.Ordinal);
        string report = await File.ReadAllTextAsync(
            Path.Combine(Out, "report.md"), TestContext.Current.CancellationToken);
        Assert.Equal(reid ? 3 : 2, Rows(report, "this run").Length);
        Assert.Equal(map, Assert.Single(Rows(report, whose))[2]);
        Assert.Equal(reid, report.Contains("reads gallery images' cameras", StringComparison.Ordinal));
        Assert.NotEqual(reid, report.Contains("Lanczos", StringComparison.Ordinal));

        // Nobody measured the base model; what is known is of CTL.
        Assert.Equal(reid, report.Contains("No figure of this recipe is known.", StringComparison.Ordinal));
        int others = report.IndexOf("Of other models", StringComparison.Ordinal);
        Assert.Equal(reid, others >= 0 && others < report.IndexOf(whose, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recipe_WeightsThatAreNotThere_Is1BeforeAnythingIsConverted()
    {
        MiniatureDownload.Write("market1501", _folder.File("download"));
        (int code, _, string errors) = await Recipe("market1501-ctl", "reid", "--weights", _folder.File("none.pth"));
        Assert.Equal(1, code);
        Assert.Contains("none.pth", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("market1501-ctl", "--images", "x", "--images has no effect on Market1501")]
    [InlineData("market1501", "--device", "cpu", "market1501-ctl")]
    [InlineData("street2shop-ctl-l", "--max-unreadable", "-1", "--max-unreadable is '-1'")]
    public async Task Recipe_WrongUse_Is2(string name, string option, string value, string expected)
    {
        (int code, _, string errors) = await GalleryProcess.RunAsync(
            "recipe", name, "--data", _folder.Root, "--output", Out, option, value);
        Assert.Equal(2, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private static string[][] Rows(string report, string first) =>
    [
        .. report.Split('\n').Where(line => line.StartsWith('|'))
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .Where(row => row[0] == first || row[0].StartsWith($"{first}, cameras as", StringComparison.Ordinal)),
    ];

    private Task<(int ExitCode, string Output, string Errors)> Recipe(
        string name, string protocol, params string[] more)
    {
        string config = _folder.File("tiny.json");
        File.WriteAllText(config, $$"""
            {
              "name": "tiny", "seed": 3, "epochs": 1,
              "network": { "architecture": "compact-resnet", "height": 32, "width": 32 },
              "data": { "path": "." },
              "sampler": { "identities": 2, "images": 2, "stepsPerEpoch": 2 },
              "evaluation": { "everyEpochs": 0, "protocol": "{{protocol}}" },
              "runtime": { "threads": 1, "loaderThreads": 1 }
            }
            """);
        return GalleryProcess.RunAsync(
            ["recipe", name, "--data", _folder.File("download"), "--output", Out, "--config", config, .. more]);
    }
}

using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Faults;

namespace OrleansGallery.SystemTests.Bench;

[Collection(Alone.Name)]
public sealed class BenchLoadTests
{
    [Fact]
    public async Task BenchLoad_AShortTime_DoesEverythingWithoutAnError()
    {
        (int code, string output, string error) = await GalleryProcess.RunAsync(
            "bench", "load", "--minutes", "0.15", "--pace", "100", "--identities", "10", "--json");

        MixedLoadReport report = JsonSerializer.Deserialize<MixedLoadReport>(output, GalleryJson.Options)!;
        // On a busy machine a partition may miss a search's deadline.
        Assert.DoesNotContain(report.Errors.Keys, error => error != "search: partial");
        Assert.True(report.IsVerified && report.Refused > 0, error + output);
        // So short that memory may still grow, which the exit code tells.
        Assert.Equal(report.IsGood ? 0 : 1, code);
        LoadInterval all = Assert.Single(report.Intervals);
        Assert.True(
            all.Vectors > 0 && all.Images > 0 && all.Deleted > 0 && all.Searches > 0 && all.WorkingSet > 0
            && all.SearchP50Ms <= all.SearchP99Ms && all.Cores > 0,
            output);
    }

    [Fact]
    public async Task BenchLoad_BrowserThatIsMissing_IsWrongUsage()
    {
        (int code, _, string error) = await GalleryProcess.RunAsync("bench", "load", "--browser", "/no/browser");

        Assert.Equal(2, code);
        Assert.Contains("there is no file '/no/browser'", error, StringComparison.Ordinal);
    }
}

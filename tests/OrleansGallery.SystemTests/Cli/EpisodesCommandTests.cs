using System.Text.Json;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery episodes</c> as a process.</summary>
public sealed class EpisodesCommandTests : IDisposable
{
    private const string Config = """
        {
          "name": "small", "seed": 4, "epochs": 1,
          "network": { "architecture": "conv4-64", "height": 28, "width": 28 },
          "data": {
            "source": "catalogue", "seed": 6, "products": 4, "testProducts": 6,
            "views": 4, "galleryImages": 2
          },
          "sampler": { "identities": 4, "images": 2, "stepsPerEpoch": 2 },
          "evaluation": { "everyEpochs": 0 },
          "runtime": { "threads": 1, "loaderThreads": 1 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Episodes_OfATrainedModel_RepeatAndRefuseWhatTheDataDoNotHave()
    {
        string config = _folder.File("config.json");
        string run = _folder.File("run");
        await File.WriteAllTextAsync(config, Config, TestContext.Current.CancellationToken);
        (int code, _, string errors) = await GalleryProcess.RunAsync("train", config, "--out", run);
        Assert.True(code == 0, errors);
        string[] command =
        [
            "episodes", config, "--checkpoint", Path.Combine(run, GalleryTrainer.ModelFile), "--ways", "5",
            "--shots", "1,2", "--queries-per-identity", "2", "--episodes", "20",
        ];
        (code, string output, errors) = await GalleryProcess.RunAsync([.. command, "--json"]);
        Assert.True(code == 0, errors);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement root = document.RootElement;
        Assert.Equal((6, 24), (root.GetProperty("identities").GetInt32(), root.GetProperty("images").GetInt32()));
        Assert.Equal(
            [(1, "cosine"), (1, "euclidean"), (2, "cosine"), (2, "euclidean")],
            root.GetProperty("results").EnumerateArray().Select(
                result => (result.GetProperty("shots").GetInt32(), result.GetProperty("distance").GetString()!)));
        Assert.All(root.GetProperty("results").EnumerateArray(), result =>
            Assert.InRange(result.GetProperty("accuracy").GetDouble(), 0, 1));
        Assert.Equal(output, (await GalleryProcess.RunAsync([.. command, "--json"])).Output);

        (code, _, errors) = await GalleryProcess.RunAsync([.. command[..4], "--ways", "7", "--episodes", "1"]);
        Assert.Equal(1, code);
        Assert.Contains("takes 7 identities, and there are 6", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Episodes_WrongNumbers_Are2()
    {
        (int code, _, string errors) = await GalleryProcess.RunAsync("episodes", "x.json", "--shots", "1,no");
        Assert.Equal(2, code);
        Assert.Contains("'no'", errors, StringComparison.Ordinal);
        (code, _, errors) = await GalleryProcess.RunAsync("episodes", "x.json", "--ways", "1");
        Assert.Equal(2, code);
        Assert.Contains("at least 2", errors, StringComparison.Ordinal);
    }
}

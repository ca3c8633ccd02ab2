using System.Text;
using System.Text.Json;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery train</c> as a process.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private const string Config = """
        {
          "name": "small", "seed": 4, "epochs": 2,
          "network": { "architecture": "compact-resnet", "height": 32, "width": 32 },
          "data": {
            "source": "catalogue", "seed": 6, "products": 8, "testProducts": 4,
            "views": 4, "galleryImages": 2
          },
          "sampler": { "identities": 4, "images": 2, "stepsPerEpoch": 12 },
          "runtime": { "threads": 1, "loaderThreads": 1, "checkpointEverySteps": 3, "logEverySteps": 4 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_KilledAndResumed_EndsWithTheSameCurveAndModel()
    {
        string config = Write(Config);
        (int code, string output, string errors) = await GalleryProcess.RunAsync(
            "train", config, "--out", Out("whole"), "--json");
        Assert.True(code == 0, errors);
        using JsonDocument result = JsonDocument.Parse(output);
        Assert.Equal(24, result.RootElement.GetProperty("steps").GetInt32());
        Assert.Contains("epoch 2/2 step 12/12", errors, StringComparison.Ordinal);

        bool killed = await GalleryProcess.KillWhenAsync(
            () => Lines("parts") > 8, "train", config, "--out", Out("parts"));
        Assert.True(killed && Lines("parts") < 24, "The run was over before it could be killed.");
        (code, _, errors) = await GalleryProcess.RunAsync("train", config, "--out", Out("parts"), "--resume");
        Assert.True(code == 0, errors);
        Assert.Contains("Going on after step", errors, StringComparison.Ordinal);
        foreach (string file in (string[])["curve.csv", GalleryTrainer.ModelFile])
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(Out("whole"), file), TestContext.Current.CancellationToken),
                await File.ReadAllBytesAsync(Path.Combine(Out("parts"), file), TestContext.Current.CancellationToken));
        }

        (code, _, errors) = await GalleryProcess.RunAsync("train", config, "--out", Out("whole"));
        Assert.Equal(1, code);
        Assert.Contains("--resume", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WrongConfiguration_Is2WithALinePerError()
    {
        string config = Write("""{ "epochs": 0, "loss": { "margin": -1 }, "data": { "path": "x" } }""");
        (int code, string output, string errors) = await GalleryProcess.RunAsync("train", config);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal(2, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        (code, _, _) = await GalleryProcess.RunAsync("train");
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task Train_DataThatAreNotThere_Is1WithOneLine()
    {
        string config = Write("""{ "data": { "path": "nowhere" }, "network": { "architecture": "resnet18" } }""");
        (int code, _, string errors) = await GalleryProcess.RunAsync("train", config, "--out", Out("a"));
        Assert.Equal(1, code);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("nowhere", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WhatIsLeftOut_IsCountedAndNamedForEachSet()
    {
        using PictureFolder pictures = new();
        foreach (string set in (string[])["train", "query", "gallery"])
        {
            pictures.Add($"data/{set}", "anna/c/1.jpg", "anna/2.jpg", "bob/1.jpg", "bob/2.jpg", "@eaDir/1.jpg");
            pictures.Write($"data/{set}/anna/notes.txt", "hello"u8.ToArray());
            pictures.Write($"data/{set}/carol/{set}.jxl", [0xFF, 0x0A, 1, 2]);
        }

        (int code, _, string errors) = await GalleryProcess.RunAsync(
            "train", Write(SmallOf(pictures.File("data"), "cpu")), "--out", Out("a"));
        Assert.True(code == 0, errors);
        Assert.Contains("2 identities with 4 images to train on", errors, StringComparison.Ordinal);
        foreach (string set in (string[])["train", "query", "gallery"])
        {
            Assert.Contains($"1 identities of '{pictures.File($"data/{set}")}' have no image: carol", errors,
                StringComparison.Ordinal);
            Assert.Contains($"2 files of '{pictures.File($"data/{set}")}' are left out", errors,
                StringComparison.Ordinal);
            Assert.Contains($"carol/{set}.jxl", errors, StringComparison.Ordinal);
        }

        (code, _, errors) = await GalleryProcess.RunAsync(
            "train", Write(SmallOf(pictures.File("data"), "gpu")), "--out", Out("b"));
        Assert.Equal(1, code);
        Assert.Contains("'gpu' is no device", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_ConfigurationInLatin1_IsRefusedWithItsLine()
    {
        File.WriteAllBytes(_folder.File("l.json"), Encoding.Latin1.GetBytes("{\n\"name\": \"jos\u00E9\" }"));
        (int code, _, string errors) = await GalleryProcess.RunAsync("train", _folder.File("l.json"));
        Assert.Equal(2, code);
        Assert.Contains("line 2 is not UTF-8", errors, StringComparison.Ordinal);
    }

    private static string SmallOf(string data, string device) => $$"""
        {
          "epochs": 1, "network": { "architecture": "compact-resnet", "height": 32, "width": 32 },
          "data": { "source": "folders", "path": "{{data}}" },
          "sampler": { "identities": 2, "images": 2, "stepsPerEpoch": 1 },
          "runtime": { "threads": 1, "loaderThreads": 1, "device": "{{device}}" }
        }
        """;

    private int Lines(string run)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(Out(run), "curve.csv")).Length - 1;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private string Out(string name) => _folder.File(name);

    private string Write(string json)
    {
        File.WriteAllText(_folder.File("config.json"), json);
        return _folder.File("config.json");
    }
}

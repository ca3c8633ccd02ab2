using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>Commands that need no server write nothing but what they are asked for.</summary>
public sealed class NobodyTests : IDisposable
{
    private const string Config = """
        {
          "name": "small", "seed": 4, "epochs": 1,
          "network": { "architecture": "conv4-64", "height": 28, "width": 28 },
          "data": { "source": "catalogue", "products": 4, "testProducts": 6, "views": 4, "galleryImages": 2 },
          "sampler": { "identities": 4, "images": 2, "stepsPerEpoch": 2 },
          "evaluation": { "everyEpochs": 0 },
          "runtime": { "threads": 1, "loaderThreads": 1 }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task RunAsync_InTheRootFolderWithoutAHome_WorksAndLeavesNothingBehind()
    {
        Assert.SkipUnless(
            IsOpenToAll(AppContext.BaseDirectory),
            $"A folder above '{AppContext.BaseDirectory}' is closed to other users, so nobody cannot run the program.");
        using Nobody nobody = new();
        foreach (string[] command in Commands(nobody.Own))
        {
            (int code, _, string error) = await nobody.RunAsync(command);
            Assert.True(code == 0, $"{string.Join(' ', command)}: {error}");
            Assert.Empty(Directory.EnumerateFileSystemEntries(nobody.Temporary));
        }

        Assert.Equal(
            ["data", "embedded", "run", "similar.json", "small.json"],
            Directory.EnumerateFileSystemEntries(nobody.Own).Select(Path.GetFileName).Order());
        (int refused, _, string told) = await nobody.RunAsync(
            "model", "import", Path.Combine(nobody.Own, "run", "model.safetensors"));
        Assert.Equal(1, refused);
        Assert.Contains("/gallery-data", Assert.Single(Lines(told)), StringComparison.Ordinal);
        Assert.False(Directory.Exists("/gallery-data"));
        (int imported, _, told) = await nobody.RunAsync(
            "model", "import", Path.Combine(nobody.Own, "run", "model.safetensors"), "--models", nobody.Own);
        Assert.True(imported == 0, told);
        Assert.StartsWith($"Written to {nobody.Own}/small-", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_InAnyFolder_LeavesNoFolderOfAService()
    {
        string working = _folder.File("working");
        Directory.CreateDirectory(working);
        Directory.CreateDirectory(_folder.File("own"));
        foreach (string[] command in Commands(_folder.File("own")))
        {
            (int code, _, string error) = await GalleryProcess.RunInAsync(working, command);
            Assert.True(code == 0, $"{string.Join(' ', command)}: {error}");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(working));
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsOpenToAll(string path)
    {
        for (DirectoryInfo? folder = new(path);
            folder is not null && !OperatingSystem.IsWindows();
            folder = folder.Parent)
        {
            if ((File.GetUnixFileMode(folder.FullName) & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[][] Commands(string own)
    {
        string config = Path.Combine(own, "small.json");
        File.WriteAllText(config, Config);
        foreach (string part in (string[])["gallery", "query"])
        {
            foreach (byte level in (byte[])[10, 200])
            {
                string file = Path.Combine(own, "data", part, $"{level}", "1.png");
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, PngFile.Rgb(16, 16, [.. Enumerable.Repeat(level, 16 * 16 * 3)]));
            }
        }

        string data = Path.Combine(own, "data");
        string embedded = Path.Combine(own, "embedded");
        string run = Path.Combine(own, "run");
        return
        [
            ["embed", Path.Combine(data, "gallery"), "--out", embedded],
            ["similar", "--gallery", embedded, "--queries", data, "--out", Path.Combine(own, "similar.json")],
            ["evaluate", "images", "--checkpoint", "default", "--data", data],
            ["evaluate", "embedded", "--gallery", embedded, "--queries", embedded],
            ["model", "list"],
            ["model", "inspect", "default"],
            ["train", config, "--out", run],
            ["episodes", config, "--checkpoint", Path.Combine(run, "model.safetensors"), "--ways", "5", "--shots", "1",
                "--queries-per-identity", "1", "--episodes", "2"],
        ];
    }
}

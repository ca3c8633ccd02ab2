using System.Diagnostics;
using OrleansGallery.Cli;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>What can be foreseen to go wrong ends in one line and exit code 1.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("it is a folder", "model", "import", "{folder}")]
    [InlineData("it is a folder", "model", "inspect", "{folder}")]
    [InlineData("it is a folder", "embed", "{image}", "--out", "{out}", "--checkpoint", "{folder}")]
    [InlineData("it is a folder", "search", "g", "--vector", "{folder}")]
    [InlineData("it is a folder", "search", "g", "{folder}")]
    [InlineData("it is a folder", "episodes", "{folder}")]
    [InlineData("it is a folder", "train", "{folder}")]
    [InlineData("it is a folder",
        "evaluate", "arrays", "--embeddings", "{folder}", "--labels", "{folder}", "--queries", "1")]
    [InlineData("{image}", "embed", "{image}", "--out", "{image}")]
    [InlineData("{image}", "model", "inspect", "{image}")]
    [InlineData("{image}", "similar", "--gallery", "{image}", "--queries", "{image}")]
    [InlineData("no such file", "embed", "{image}", "--out", "{out}", "--checkpoint", "nobody")]
    [InlineData("banana", "embed", "{image}", "--out", "{out}", "--device", "banana")]
    [InlineData("cuda:99", "embed", "{image}", "--out", "{out}", "--device", "cuda:99")]
    public async Task RunAsync_WhatIsOfAnotherKind_FailsInOneLine(string expected, params string[] arguments)
    {
        File.WriteAllBytes(_folder.File("image.png"), PngFile.Rgb(8, 8, new byte[8 * 8 * 3]));
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync([.. arguments.Select(Named)], output, error);
        Assert.InRange(code, 1, 2);
        Assert.Empty(output.ToString());
        Assert.Contains(Named(expected), Assert.Single(error.ToString().Split(
            '\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model inspect default --tensors | head -1")]
    [InlineData("model inspect default --json | true")]
    [InlineData("--help | head -1")]
    public async Task RunAsync_ReaderThatGoesAway_Is0WithoutAWord(string command)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        ProcessStartInfo start = new("/bin/bash", ["-c", $"dotnet gallery.dll {command}; exit ${{PIPESTATUS[0]}}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(Cancelled);
        await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.Equal((0, ""), (process.ExitCode, await error));
    }

    public void Dispose() => _folder.Dispose();

    private string Named(string text) => text
        .Replace("{folder}", _folder.Root, StringComparison.Ordinal)
        .Replace("{image}", _folder.File("image.png"), StringComparison.Ordinal)
        .Replace("{out}", _folder.File("out"), StringComparison.Ordinal);
}

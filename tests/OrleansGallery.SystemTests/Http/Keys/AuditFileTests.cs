using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

public sealed class AuditFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("audit.jsonl");

    [Fact]
    public void Write_MoreThanFits_KeepsTheFileBeforeIt()
    {
        for (int run = 0; run < 3; run++)
        {
            using AuditFile file = Open(File);
            for (int i = 0; i < 20; i++)
            {
                file.Write(Entry($"{run}-{i}"));
            }
        }

        string[] older = System.IO.File.ReadAllLines(File + ".1");
        string[] newer = System.IO.File.ReadAllLines(File);
        Assert.InRange(new FileInfo(File).Length, 1, 4_096);
        Assert.InRange(new FileInfo(File + ".1").Length, 1, 4_096);
        Assert.Contains("\"requestId\":\"2-19\"", newer[^1], StringComparison.Ordinal);
        Assert.NotEmpty(older);
        Assert.All(
            [.. older, .. newer], line => Assert.StartsWith("{\"time\":\"1970-", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_ToAFullDisk_IsToldOnce_AndGoesOnWhenThereIsRoom()
    {
        long room = 10;
        FailureLog log = new();
        using (AuditFile file = new(new AuditLines(File, 4_096, 1, path => new FullFile(path, () => room)), log))
        {
            file.Write(Entry("lost"));
            Assert.IsType<IOException>(await log.First.WaitAsync(TestContext.Current.CancellationToken));
            room = long.MaxValue;
            file.Write(Entry("kept"));
        }

        string[] lines = System.IO.File.ReadAllLines(File);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"leftOut\":1", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"requestId\":\"kept\"", lines[1], StringComparison.Ordinal);
        Assert.Equal(1, log.Count);
    }

    [Fact]
    public void Open_WhatCannotBeWritten_IsRefusedByName()
    {
        StartRefusedException refused =
            Assert.Throws<StartRefusedException>(() => Open(_folder.File("none/audit.jsonl")));
        Assert.Contains("Server:AuditFile", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhatAnotherProcessWrites_IsRefusedByName_UntilThatEnds()
    {
        using (AuditFile first = Open(File))
        {
            first.Write(Entry("first"));
            StartRefusedException refused = Assert.Throws<StartRefusedException>(() => Open(File));
            Assert.Equal(
                $"Server:AuditFile is '{File}', which is written by another process; name another", refused.Message);
        }

        using (AuditFile second = Open(File))
        {
            second.Write(Entry("second"));
        }

        Assert.Equal(2, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public async Task Serve_WithTheAuditFileOfAnotherProcess_Is1WithOneLine()
    {
        string settings = _folder.File("settings.json");
        await System.IO.File.WriteAllTextAsync(
            settings, JsonSerializer.Serialize(new { Server = new { AuditFile = File } }),
            TestContext.Current.CancellationToken);
        using GalleryProcess first = await GalleryProcess.ServeAsync(
            "--data", _folder.File("first"), "--config", settings);

        (int code, string output, string errors) = await GalleryProcess.RunAsync(
            "serve", "--data", _folder.File("second"), "--config", settings, "--urls", "http://127.0.0.1:0");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(
            $"Server:AuditFile is '{File}', which is written by another process",
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutAFile_DoesNothing()
    {
        using AuditFile file = Open(string.Empty);
        file.Write(Entry("1"));
        Assert.False(file.IsOpen);
    }

    public void Dispose() => _folder.Dispose();

    private static AuditFile Open(string path, ILogger<AuditFile>? log = null) => new(
        Options.Create(new ServerOptions { AuditFile = path, AuditFileBytes = 4_096 }),
        log ?? NullLogger<AuditFile>.Instance);

    private static AuditEntry Entry(string id) => new()
    {
        Time = DateTimeOffset.UnixEpoch, RequestId = id, KeyId = "a", Method = "POST", Route = "/v1/galleries",
        Status = 201, Milliseconds = 1.5,
    };

    private sealed class FailureLog : ILogger<AuditFile>
    {
        private readonly TaskCompletionSource<Exception?> _first =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> First => _first.Task;

        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            Count++;
            _first.TrySetResult(exception);
        }
    }
}

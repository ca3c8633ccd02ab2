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
    public void Open_WhatCannotBeWritten_IsRefusedByName()
    {
        StartRefusedException refused =
            Assert.Throws<StartRefusedException>(() => Open(_folder.File("none/audit.jsonl")));
        Assert.Contains("Server:AuditFile", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutAFile_DoesNothing()
    {
        using AuditFile file = Open(string.Empty);
        file.Write(Entry("1"));
        Assert.False(file.IsOpen);
    }

    public void Dispose() => _folder.Dispose();

    private static AuditFile Open(string path) => new(
        Options.Create(new ServerOptions { AuditFile = path, AuditFileBytes = 4_096 }), NullLogger<AuditFile>.Instance);

    private static AuditEntry Entry(string id) => new()
    {
        Time = DateTimeOffset.UnixEpoch, RequestId = id, KeyId = "a", Method = "POST", Route = "/v1/galleries",
        Status = 201, Milliseconds = 1.5,
    };
}

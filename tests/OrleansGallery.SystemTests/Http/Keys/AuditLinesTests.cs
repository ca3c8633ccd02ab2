using System.Text;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

public sealed class AuditLinesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("audit.jsonl");

    [Fact]
    public void Append_OnADiskThatIsFullInTheMiddle_LeavesNothingOfIt()
    {
        long left = 15;
        using (AuditLines lines = new(Path, 4_096, 1, path => new FullFile(path, () => left)))
        {
            lines.Append("line one\n"u8);
            Assert.Throws<IOException>(() => lines.Append("line two\n"u8));
            left = long.MaxValue;
            lines.Append("line three\n"u8);
        }

        Assert.Equal(["line one", "line three"], File.ReadAllLines(Path));
    }

    [Fact]
    public void Append_AfterAProcessThatEndedInALine_BeginsANewOne()
    {
        File.WriteAllText(Path, "line one\nline t");
        using (AuditLines lines = AuditLines.Of(Path, new ServerOptions()))
        {
            lines.Append("line three\n"u8);
            lines.Append("line four\n"u8);
        }

        Assert.Equal(["line one", "line t", "line three", "line four"], File.ReadAllLines(Path));
    }

    [Fact]
    public void Append_ToFullFiles_KeepsAsManyOlderOnesAsAreWanted()
    {
        ServerOptions options = new() { AuditFileBytes = 10, AuditOlderFiles = 2 };
        using (AuditLines lines = AuditLines.Of(Path, options))
        {
            for (int i = 0; i < 5; i++)
            {
                lines.Append(Encoding.UTF8.GetBytes($"line {i}\n"));
            }
        }

        Assert.Equal(
            ["line 4", "line 3", "line 2"],
            ((string[])[Path, Path + ".1", Path + ".2"]).Select(path => Assert.Single(File.ReadAllLines(path))));
        Assert.False(File.Exists(Path + ".3"));
    }

    public void Dispose() => _folder.Dispose();
}

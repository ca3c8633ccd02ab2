using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

public sealed class AuditBookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Write_OneRefusalAgainAndAgain_IsALineAndACountPerSpan()
    {
        using (AuditFile file = new(
            Options.Create(new ServerOptions { AuditFile = _folder.File("a") }), NullLogger<AuditFile>.Instance))
        using (AuditBook book = new(file, NullLoggerFactory.Instance, _time))
        {
            for (int i = 0; i < 5_000; i++)
            {
                book.Write(Entry($"{i}", "a", 403));
            }

            book.Write(Entry("done", "a", 201));
            book.Write(Entry("gone", "a", 404));
            book.Write(Entry("gone too", "a", 404));
            book.Write(Entry("other", "b", 403));
            book.Write(Entry("often", "a", 429));
            _time.Advance(AuditBook.Span);
            book.Write(Entry("later", "a", 403));
            book.Write(Entry("latest", "a", 403));
        }

        Assert.Equal(
            ["0 -", "done -", "gone -", "gone too -", "other -", "often -", "4999 4999", "later -", "latest 1"],
            File.ReadAllLines(_folder.File("a"))
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Select(line => $"{line.GetProperty("requestId")} "
                    + (line.TryGetProperty("repeated", out JsonElement repeated) ? $"{repeated}" : "-")));
    }

    public void Dispose() => _folder.Dispose();

    private static AuditEntry Entry(string id, string key, int status) => new()
    {
        Time = DateTimeOffset.UnixEpoch, RequestId = id, KeyId = key, Method = "POST", Route = "/v1/galleries",
        Status = status,
    };
}

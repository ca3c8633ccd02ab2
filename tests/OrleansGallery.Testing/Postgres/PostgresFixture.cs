using System.Globalization;
using Xunit;

namespace OrleansGallery.Testing;

/// <summary>
/// One PostgreSQL server for all tests of an assembly, started when the first of them asks:
/// <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly string _missing;
    private readonly Lazy<Task<PostgresServer>>? _server;
    private int _databases;

    /// <summary>Looks for PostgreSQL; starts nothing.</summary>
    public PostgresFixture()
    {
        if (PostgresPrograms.Find(out _missing) is { } programs)
        {
            _server = new Lazy<Task<PostgresServer>>(() => PostgresServer.StartAsync(programs));
        }
    }

    /// <summary>Whether there is a PostgreSQL to start.</summary>
    public bool IsInstalled => _server is not null;

    /// <summary>The server; the test that asks is skipped where PostgreSQL is not installed.</summary>
    /// <returns>The server, ready.</returns>
    public async Task<PostgresServer> ServerAsync()
    {
        Assert.SkipWhen(_server is null, _missing);
        return await _server!.Value;
    }

    /// <summary>A database's name that nobody has yet.</summary>
    internal string NextDatabase() =>
        string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}

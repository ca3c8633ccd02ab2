using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Faults;

/// <summary>A PostgreSQL for one class of tests, which crash it.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    /// <summary>The server's fixture.</summary>
    public PostgresFixture Fixture { get; } = new();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Fixture.DisposeAsync();
}

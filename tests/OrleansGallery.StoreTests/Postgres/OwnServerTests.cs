using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A database of a server that is the class's own, for those who do things to the server.</summary>
public abstract class OwnServerTests : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private PostgresStoreDatabase? _database;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected PostgresStoreDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await PostgresStoreDatabase.CreateHereAsync(_postgres);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

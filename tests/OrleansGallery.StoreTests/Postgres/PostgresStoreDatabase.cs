using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A database of the assembly's PostgreSQL, with the gallery's schema.</summary>
/// <param name="database">The database.</param>
public sealed class PostgresStoreDatabase(PostgresDatabase database) : StoreDatabase
{
    /// <summary>Few connections: what a test leaves open must not starve the next.</summary>
    public static PostgresStoreOptions Options => new() { MaxWriteConnections = 4, MaxReadConnections = 2 };

    public PostgresDatabase Database => database;

    public static async Task<StoreDatabase> CreateAsync(PostgresFixture postgres) => await CreateHereAsync(postgres);

    public static async Task<PostgresStoreDatabase> CreateHereAsync(PostgresFixture postgres)
    {
        PostgresDatabase database = new(postgres);
        await database.InitializeAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await GallerySchema.ApplyAsync(source, TestContext.Current.CancellationToken);
        return new PostgresStoreDatabase(database);
    }

    public override Task<IGalleryStore> OpenAsync() => Task.FromResult<IGalleryStore>(Open());

    /// <summary>Opens a handle.</summary>
    /// <param name="proxy">Through which network; null: directly.</param>
    /// <param name="options">Its settings; null: <see cref="Options"/>.</param>
    public PostgresGalleryStore Open(CuttableProxy? proxy = null, PostgresStoreOptions? options = null) =>
        new(proxy is null ? database.ConnectionString : database.Through(proxy), options ?? Options);

    /// <summary>Runs a statement and gives its one value.</summary>
    public async Task<object?> ReadAsync(string text)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await using NpgsqlCommand command = source.CreateCommand(text);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public override ValueTask DisposeAsync() => database.DisposeAsync();
}

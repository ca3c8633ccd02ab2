using System.Globalization;
using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A database of the assembly's PostgreSQL, with the gallery's schema.</summary>
/// <param name="database">The database.</param>
public sealed class PostgresStoreDatabase(PostgresDatabase database) : StoreDatabase
{
    private readonly List<CuttableProxy> _proxies = [];

    /// <summary>Few connections: what a test leaves open must not starve the next.</summary>
    public static PostgresStoreOptions Options => new() { MaxWriteConnections = 4, MaxReadConnections = 2 };

    public PostgresDatabase Database => database;

    public static async Task<StoreDatabase> CreateAsync(PostgresFixture postgres) => await CreateHereAsync(postgres);

    public static async Task<PostgresStoreDatabase> CreateHereAsync(PostgresFixture postgres)
    {
        PostgresDatabase database = new(postgres);
        await database.InitializeAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await VersionedSchema.Gallery.ApplyAsync(source, TestContext.Current.CancellationToken);
        return new PostgresStoreDatabase(database);
    }

    /// <summary>Calls fail, and the network breaks at bytes by chance.</summary>
    /// <inheritdoc />
    public override Task<IGalleryStore> OpenFaultyAsync(int seed)
    {
        CuttableProxy proxy = new(database.Server.Address);
        _proxies.Add(proxy);
        return Task.FromResult<IGalleryStore>(new FaultyStore(Open(proxy), seed, rate: 0.02, random =>
        {
            if (random.Next(40) == 0)
            {
                _ = (random.Next(2) == 0 ? proxy.ToServer : proxy.ToClient).CutAfter(random.Next(4000));
            }
        }));
    }

    public override Task<IGalleryStore> OpenAsync() => Task.FromResult<IGalleryStore>(Open());

    public override Task SpoilPicturesAsync(string statement) =>
        ReadAsync(string.Format(CultureInfo.InvariantCulture, statement, "gallery.pictures"));

    public override async Task<long> CountAsync(string table) =>
        (long)(await ReadAsync($"SELECT count(*) FROM gallery.{table}"))!;

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

    public override async ValueTask DisposeAsync()
    {
        foreach (CuttableProxy proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        await database.DisposeAsync();
    }
}

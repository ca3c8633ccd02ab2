using Npgsql;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

[Trait("Category", "Store")]
public sealed class MembershipSchemaTests(PostgresFixture postgres)
{
    private static VersionedSchema Schema => VersionedSchema.Membership;

    [Fact]
    public async Task Apply_ByEightAtOnce_MakesItOnce()
    {
        await using Emptiness empty = await Emptiness.CreateAsync(postgres);
        Task[] setups = [.. Enumerable.Range(0, 8).Select(_ => Schema.ApplyAsync(empty.Source, Token))];

        await Task.WhenAll(setups);

        await Schema.CheckAsync(empty.Source, Token);
        Assert.Equal(1L, await empty.ReadAsync("SELECT count(*) FROM gallery_membership.schema_version"));
        Assert.Equal(9L, await empty.ReadAsync("SELECT count(*) FROM gallery_membership.orleansquery"));
    }

    [Fact]
    public async Task Apply_Again_KeepsWhatIsThere()
    {
        await using Emptiness empty = await Emptiness.CreateAsync(postgres);
        await Schema.ApplyAsync(empty.Source, Token);
        using MembershipParty party = await MembershipParty.JoinAsync(empty.ConnectionString, "cluster");
        Assert.True(await party.AddAsync(MembershipParty.Silo(1)));
        string before = await party.DescribeAsync();

        await Schema.ApplyAsync(empty.Source, Token);

        Assert.Equal(before, await party.DescribeAsync());
    }

    [Fact]
    public async Task Check_OfAnEmptyDatabase_SaysHowToMakeTheSchema()
    {
        await using Emptiness empty = await Emptiness.CreateAsync(postgres);

        StoreSchemaException exception = await Assert.ThrowsAsync<StoreSchemaException>(
            () => Schema.CheckAsync(empty.Source, Token));

        Assert.Equal(
            "The database has no schema 'gallery_membership': run 'gallery store init' first.", exception.Message);
    }

    [Fact]
    public async Task Apply_OnANewerSchema_ChangesNothing()
    {
        await using Emptiness empty = await Emptiness.CreateAsync(postgres);
        await Schema.ApplyAsync(empty.Source, Token);
        await empty.ReadAsync("UPDATE gallery_membership.schema_version SET version = 99 RETURNING version");

        StoreSchemaException exception = await Assert.ThrowsAsync<StoreSchemaException>(
            () => Schema.ApplyAsync(empty.Source, Token));

        Assert.Equal((99, Schema.Version), (exception.Found, exception.Known));
        Assert.Equal(99, await empty.ReadAsync("SELECT version FROM gallery_membership.schema_version"));
        await Assert.ThrowsAsync<StoreSchemaException>(() => Schema.CheckAsync(empty.Source, Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A database with nothing in it.</summary>
    private sealed class Emptiness : IAsyncDisposable
    {
        private readonly PostgresDatabase _database;

        private Emptiness(PostgresDatabase database)
        {
            _database = database;
            Source = NpgsqlDataSource.Create(ConnectionString);
        }

        public string ConnectionString => _database.ConnectionString;

        public NpgsqlDataSource Source { get; }

        public static async Task<Emptiness> CreateAsync(PostgresFixture postgres)
        {
            PostgresDatabase database = new(postgres);
            await database.InitializeAsync();
            return new Emptiness(database);
        }

        public async Task<object?> ReadAsync(string text)
        {
            await using NpgsqlCommand command = Source.CreateCommand(text);
            return await command.ExecuteScalarAsync(Token);
        }

        public async ValueTask DisposeAsync()
        {
            await Source.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}

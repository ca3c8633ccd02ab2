using Npgsql;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>That the fixtures of the store's tests do what those tests rely on.</summary>
[Trait("Category", "Store")]
public sealed class PostgresServerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_OfTheServer_AreThoseOfADurableOne()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);

        Assert.Equal("on", await ReadAsync(source, "SHOW fsync"));
        Assert.Equal("on", await ReadAsync(source, "SHOW synchronous_commit"));
        Assert.Equal("15", ((string)(await ReadAsync(source, "SHOW server_version"))!).Split('.')[0]);
        // In the "C" order upper case comes first; here a forgotten COLLATE "C" shows.
        Assert.Equal("a", await ReadAsync(source, "SELECT min(x) FROM (VALUES ('a'), ('B')) AS words (x)"));
    }

    [Fact]
    public async Task Crash_BetweenTwoCommits_LosesOnlyWhatWasOpen()
    {
        await using PostgresFixture own = new();
        PostgresServer server = await own.ServerAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.ConnectionString() + ";Pooling=false");
        await ReadAsync(source, "CREATE TABLE kept (x int)");
        await ReadAsync(source, "INSERT INTO kept VALUES (1)");
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        await using NpgsqlTransaction open = await connection.BeginTransactionAsync(Token);
        await new NpgsqlCommand("INSERT INTO kept VALUES (2)", connection).ExecuteNonQueryAsync(Token);

        await server.CrashAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => open.CommitAsync(Token));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ReadAsync(source, "SELECT 1"));
        await server.RestartAsync();

        Assert.Equal(1L, await ReadAsync(source, "SELECT sum(x) FROM kept"));
    }

    [Fact]
    public async Task Proxy_InFrontOfTheServer_IsCutBeforeAndAfterACommit()
    {
        await using CuttableProxy proxy = new(database.Server.Address);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.Through(proxy) + ";Pooling=false");
        await ReadAsync(source, "CREATE TABLE cut (x int)");

        Task cut;
        await using (NpgsqlConnection connection = await source.OpenConnectionAsync(Token))
        {
            await using NpgsqlCommand insert = new("INSERT INTO cut VALUES (1)", connection);
            cut = proxy.ToServer.CutAfter(3);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => insert.ExecuteNonQueryAsync(Token));
            await cut;
        }

        Assert.Equal(0L, await ReadAsync(source, "SELECT count(*) FROM cut"));

        await using (NpgsqlConnection connection = await source.OpenConnectionAsync(Token))
        {
            await using NpgsqlCommand insert = new("INSERT INTO cut VALUES (1)", connection);
            cut = proxy.ToClient.CutAfter(0);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => insert.ExecuteNonQueryAsync(Token));
            await cut;
        }

        Assert.Equal(1L, await ReadAsync(source, "SELECT count(*) FROM cut"));
    }

    private static async Task<object?> ReadAsync(NpgsqlDataSource source, string text)
    {
        await using NpgsqlCommand command = source.CreateCommand(text);
        return await command.ExecuteScalarAsync(Token);
    }
}

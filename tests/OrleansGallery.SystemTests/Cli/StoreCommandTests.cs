using System.Text.Json;
using Npgsql;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

[Trait("Category", "Store")]
public sealed class StoreCommandTests(PostgresFixture postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_InitOnAnEmptyDatabase_MakesItReadyAndMayBeRepeated()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();

        (int before, StoreStatusDocument missing) = await JsonAsync("status", database.ConnectionString);
        (int init, StoreStatusDocument made) = await JsonAsync("init", database.ConnectionString);
        (int again, StoreStatusDocument same) = await JsonAsync("init", database.ConnectionString);
        (int after, StoreStatusDocument status) = await JsonAsync("status", database.ConnectionString);

        Assert.Equal((1, 0, 0, 0), (before, init, again, after));
        Assert.Equal((false, true, true, true), (missing.Ready, made.Ready, same.Ready, status.Ready));
        Assert.All(missing.Schemas, schema => Assert.Equal(0, schema.Found));
        Assert.Equal((null, null), (missing.Before, status.Before));
        Assert.All(made.Before!, schema => Assert.Equal(0, schema.Found));
        Assert.Equal(same.Schemas, same.Before!);
        Assert.All(status.Schemas, schema => Assert.Equal(schema.Known, schema.Found));
        Assert.InRange(status.ClockOffsetSeconds, -1, 1);
        Assert.StartsWith("test_", status.Database, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_StatusAsText_NamesWhatToDo()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();

        (int code, string output, string error) = await RunAsync(
            "store", "status", "--database", database.ConnectionString);

        Assert.Equal((1, ""), (code, error));
        Assert.Contains("gallery_membership", output, StringComparison.Ordinal);
        Assert.Contains("run 'gallery store init'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_InitAsText_SaysWhatItMade()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();

        (_, string made, _) = await RunAsync("store", "init", "--database", database.ConnectionString);
        (_, string same, _) = await RunAsync("store", "init", "--database", database.ConnectionString);

        Assert.Contains("gallery_membership  version 1, made now", made, StringComparison.Ordinal);
        Assert.Contains("gallery             version 8, made now", made, StringComparison.Ordinal);
        Assert.Contains("gallery             version 8, as it was", same, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_DatabaseOfANewerProgram_IsLeftAsItIs()
    {
        await using PostgresDatabase database = new(postgres);
        await database.InitializeAsync();
        await JsonAsync("init", database.ConnectionString);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString);
        await using NpgsqlCommand command = source.CreateCommand(
            "UPDATE gallery_membership.schema_version SET version = 99");
        await command.ExecuteNonQueryAsync(Cancelled);

        (int code, string output, string error) = await RunAsync(
            "store", "init", "--database", database.ConnectionString);
        (int status, StoreStatusDocument document) = await JsonAsync("status", database.ConnectionString);

        Assert.Equal((1, "", 1), (code, output, status));
        Assert.Contains("start a newer one", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(document.Schemas, schema => schema.Found == 99);
    }

    [Theory]
    [InlineData("store", "init")]
    [InlineData("store", "status", "--database", "nonsense")]
    [InlineData("store", "status", "--database", "Database=x")]
    public async Task Store_WithoutADatabase_IsWrongUsage(params string[] args)
    {
        (int code, string output, string error) = await RunAsync(args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--database", error, StringComparison.Ordinal);
        Assert.Contains("GALLERY_Cluster__Database", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_DatabaseThatDoesNotAnswer_IsOneLineWithoutThePassword()
    {
        (int code, string output, string error) = await RunAsync(
            "store", "status", "--database", "Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(
            "The database x on 127.0.0.1:1 cannot be used", Assert.Single(error.TrimEnd().Split('\n')),
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, StoreStatusDocument Document)> JsonAsync(string command, string database)
    {
        (int code, string output, _) = await RunAsync("store", command, "--database", database, "--json");
        return (code, JsonSerializer.Deserialize<StoreStatusDocument>(output, GalleryJson.Options)!);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}

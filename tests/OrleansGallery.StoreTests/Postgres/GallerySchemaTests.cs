using Npgsql;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

public sealed class GallerySchemaTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string WithoutAttributes = "ALTER TABLE gallery.identities DROP COLUMN attributes; ";

    private static VersionedSchema Schema => VersionedSchema.Gallery;

    private NpgsqlDataSource? _source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Source => _source!;

    public async ValueTask InitializeAsync()
    {
        _source = NpgsqlDataSource.Create(database.ConnectionString);
        await ReadAsync("DROP SCHEMA IF EXISTS gallery CASCADE");
    }

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Apply_ByEightAtOnceAndAgain_MakesItOnce()
    {
        int[] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Schema.ApplyAsync(Source, Token)));
        await ReadAsync(
            "INSERT INTO gallery.galleries (name, creation, dimension, partitions, created_at, settings) "
            + "VALUES ('people', gen_random_uuid(), 4, 1, 0, '{}')");
        Assert.Equal(Schema.Version, await Schema.ApplyAsync(Source, Token));

        Assert.Equal([0, .. Enumerable.Repeat(Schema.Version, 7)], found.Order());
        await Schema.CheckAsync(Source, Token);
        Assert.Equal(Schema.Version, await Schema.ReadVersionAsync(Source, Token));
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM gallery.schema_version"));
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM gallery.galleries"));
    }

    [Fact]
    public async Task Check_OfAnEmptyDatabase_SaysHowToMakeTheSchema()
    {
        StoreSchemaException exception = await Assert.ThrowsAsync<StoreSchemaException>(
            () => Schema.CheckAsync(Source, Token));

        Assert.Equal("The database has no schema 'gallery': run 'gallery store init' first.", exception.Message);
        Assert.Equal(0, await Schema.ReadVersionAsync(Source, Token));
    }

    [Fact]
    public async Task ApplyAndCheck_OfANewerSchema_RefuseItWhileOlderOnesThatRunGoOn()
    {
        await Schema.ApplyAsync(Source, Token);
        using PostgresGalleryStore running = new(database.ConnectionString, new PostgresStoreOptions());
        await running.CheckWritableAsync(Token);
        await ReadAsync("UPDATE gallery.schema_version SET version = 99");

        Assert.Equal(99, (await Assert.ThrowsAsync<StoreSchemaException>(
            () => Schema.ApplyAsync(Source, Token))).Found);
        Assert.Equal(99, (await Assert.ThrowsAsync<StoreSchemaException>(
            () => Schema.CheckAsync(Source, Token))).Found);

        await running.CheckWritableAsync(Token);
        Assert.Equal(99, await ReadAsync("SELECT version FROM gallery.schema_version"));
    }

    [Fact]
    public async Task Apply_OfTheVersionBeforeErasures_AddsThemAndKeepsTheRest()
    {
        await Schema.ApplyAsync(Source, Token);
        await ReadAsync(
            WithoutAttributes + "DROP TABLE gallery.erased; DROP FUNCTION gallery.none_erased; "
            + "DROP FUNCTION gallery.hold_commits; "
            + "UPDATE gallery.schema_version SET version = 5; "
            + "INSERT INTO gallery.operations (gallery, id, digest, receipt, expires_at, images) "
            + "VALUES (7, 'op', decode(repeat('00', 32), 'hex'), '{}', 33000000000000, '[]')");

        Assert.Equal(5, await Schema.ApplyAsync(Source, Token));

        Assert.Equal(0L, await ReadAsync("SELECT count(*) FROM gallery.erased"));
        using PostgresGalleryStore store = new(database.ConnectionString, new PostgresStoreOptions());
        Assert.NotNull(await store.ReadOperationAsync(7, "op", Token));
        Assert.Empty(await store.FindErasedAsync(7, [new byte[32]], Token));
    }

    [Fact]
    public async Task Apply_OfTheVersionWhoseErasuresHoldNothing_HasThemHoldCommits()
    {
        await Schema.ApplyAsync(Source, Token);
        await ReadAsync(
            WithoutAttributes + "DROP FUNCTION gallery.hold_commits CASCADE; "
            + "UPDATE gallery.schema_version SET version = 6; "
            + "INSERT INTO gallery.erased VALUES (7, 33000000000000, decode(repeat('00', 32), 'hex'))");

        Assert.Equal(6, await Schema.ApplyAsync(Source, Token));

        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM gallery.erased"));
        Assert.Equal(1L, await ReadAsync(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'gallery.erased'::regclass AND tgname = 'hold_commits'"));
    }

    [Fact]
    public async Task Apply_OfTheVersionBeforeAttributes_LetsIdentitiesThatAreThereHaveSome()
    {
        await Schema.ApplyAsync(Source, Token);
        using PostgresGalleryStore store = new(database.ConnectionString, new PostgresStoreOptions());
        GalleryRecord gallery = (await store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people", Dimension = TestImages.Dimension, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(), Token))!;
        OwnedPartition partition = await OwnedPartition.TakeAsync(store, new PartitionKey(gallery.Number, 0), Token);
        Assert.True(await partition.CommitAsync(store, IdentityChange.Add("a", "1")));
        await ReadAsync(WithoutAttributes + "UPDATE gallery.schema_version SET version = 7");

        Assert.Equal(7, await Schema.ApplyAsync(Source, Token));

        await StoredContent.AssertAsync(store, partition, Token);
        Assert.True(await partition.CommitAsync(
            store, IdentityChange.Add("a", "2") with { Attributes = AttributeSet.Of([new("colour", "red")]) }));
        await StoredContent.AssertAsync(store, partition, Token);
    }

    [Fact]
    public async Task Apply_EveryTable_SortsIdsByTheirBytes()
    {
        await Schema.ApplyAsync(Source, Token);

        Assert.Equal(0L, await ReadAsync(
            "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'gallery' "
            + "AND column_name IN ('identity', 'image', 'name') AND collation_name IS DISTINCT FROM 'C'"));
    }

    private async Task<object?> ReadAsync(string text)
    {
        await using NpgsqlCommand command = Source.CreateCommand(text);
        return await command.ExecuteScalarAsync(Token);
    }
}

using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What the file holds and how SQLite walks along it, which no answer shows.</summary>
public sealed class SqlitePlanTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();
    private readonly SqliteGalleryStore _store;
    private OwnedPartition? _partition;

    public SqlitePlanTests() => _store = new SqliteGalleryStore(_database.DatabaseFile);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        GalleryRecord gallery = (await _store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people", Dimension = TestImages.Dimension, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(),
            Token))!;
        _partition = await OwnedPartition.TakeAsync(_store, new(gallery.Number, 0), Token);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Delete_AnIdentity_LeavesItsImagesToThePurge()
    {
        await _partition!.CommitAsync(_store, IdentityChange.Add("a", Enumerable.Range(0, 50).Select(i => $"{i}")));

        await _partition.CommitAsync(_store, IdentityChange.Delete("a"));

        Assert.Equal((50, 0, 1), (Count("images"), Count("identities"), Count("facet_sums")));
        Assert.True(await _store.PurgeAsync(20, Token));
        Assert.Equal(30, Count("images"));
        while (await _store.PurgeAsync(20, Token))
        {
        }

        Assert.Equal((0, 0, 1), (Count("images"), Count("purges"), Count("removals")));
        Assert.Equal(0, Count("facet_sums"));
    }

    [Fact]
    public async Task Delete_AnIdentityOfManyFacets_LeavesTheirSumsToThePurge()
    {
        await _partition!.CommitAsync(_store, OfFacets(Enumerable.Range(0, 50)));

        await _partition.CommitAsync(_store, IdentityChange.Delete("a"));

        Assert.Equal((50, 50), (Count("images"), Count("facet_sums")));
        for (long before = 100; before > 0;)
        {
            Assert.True(await _store.PurgeAsync(7, Token));
            long after = Count("images") + Count("facet_sums");
            Assert.InRange(before - after, 1, 7);
            before = after;
        }
    }

    [Fact]
    public async Task Purge_SumsOfAnIdentityThatLivesAgain_TakesTheOldLifesAlone()
    {
        await _partition!.CommitAsync(_store, OfFacets(Enumerable.Range(0, 30)));
        await _partition.CommitAsync(_store, IdentityChange.Delete("a"));
        await _partition.CommitAsync(_store, OfFacets(Enumerable.Range(5, 3)));
        await StoredContent.AssertAsync(_store, _partition, Token);

        while (await _store.PurgeAsync(4, Token))
        {
            await StoredContent.AssertAsync(_store, _partition, Token);
        }

        Assert.Equal((3, 3, 0), (Count("images"), Count("facet_sums"), Count("purges")));
    }

    [Fact]
    public async Task Purge_AnIdentityDeletedAgainInBetween_LeavesNoRowBehind()
    {
        await _partition!.CommitAsync(_store, IdentityChange.Add("a", Enumerable.Range(0, 9).Select(i => $"{i}")));
        await _partition.CommitAsync(_store, IdentityChange.Delete("a"));
        Assert.True(await _store.PurgeAsync(5, Token));
        await _partition.CommitAsync(_store, IdentityChange.Add("a", "1"));
        await _partition.CommitAsync(_store, IdentityChange.Delete("a"));

        while (await _store.PurgeAsync(5, Token))
        {
        }

        Assert.Equal((0, 0), (Count("images"), Count("purges")));
    }

    [Fact]
    public async Task Purge_ADeletedGallery_TakesNoMoreThanItMayAtATime()
    {
        await _partition!.CommitAsync(
            _store, [.. Enumerable.Range(0, 30).Select(i => IdentityChange.Add($"{i}", "1"))]);
        await _partition.CommitAsync(_store, [.. Enumerable.Range(0, 9).Select(i => IdentityChange.Delete($"{i}"))]);
        await _store.DeleteGalleryAsync(_partition.Key.Gallery, Guid.NewGuid(), Token);
        string[] tables = ["pictures", "images", "facet_sums", "identities", "purges", "removals"];

        for (long before = tables.Sum(Count); before > 0;)
        {
            Assert.True(await _store.PurgeAsync(4, Token));
            long after = tables.Sum(Count);
            Assert.InRange(before - after, 1, 4);
            before = after;
        }
    }

    [Fact]
    public async Task Commit_AFewImages_PacksTheirSum()
    {
        await _partition!.CommitAsync(_store, IdentityChange.Add("a", "1"));

        Assert.True(Number("SELECT length(sum) FROM facet_sums") <= 1 + (5 * TestImages.Dimension));
    }

    [Theory]
    [InlineData(IdentityQueries.Page, 3)]
    [InlineData("SELECT image" + IdentityQueries.ImagesPage, 5)]
    [InlineData(AuditQueries.Identities, 2)]
    [InlineData(AuditQueries.Images, 2)]
    [InlineData(PictureQueries.Size, 1)]
    public void Read_InOrder_WalksAlongAnIndexWithoutSorting(string sql, int parameters)
    {
        using SqliteConnection file = SqliteConnections.Open(_database.DatabaseFile, SqliteOpenMode.ReadOnly);
        using SqliteTransaction transaction = file.BeginTransaction(deferred: true);
        SqliteSnapshot snapshot = new(file, transaction);

        string[] steps = [.. snapshot.Select(
            "EXPLAIN QUERY PLAN " + sql, row => row.GetString(3), new object?[parameters])];

        Assert.NotEmpty(steps);
        Assert.DoesNotContain(steps, step => step.StartsWith("SCAN", StringComparison.Ordinal)
            || step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    // Facet 0 is the one without a name.
    private static IdentityChange OfFacets(IEnumerable<int> facets) => IdentityChange.Add(
        "a", facets.Select(facet => TestImages.Of("a", $"{facet}", facet == 0 ? string.Empty : $"c{facet}")));

    private long Count(string table) => Number($"SELECT count(*) FROM {table}");

    private long Number(string sql)
    {
        using SqliteConnection file = SqliteConnections.Open(_database.DatabaseFile, SqliteOpenMode.ReadOnly);
        using SqliteStatement statement = new(file, sql, 0);
        using SqliteDataReader row = statement.Read(null);
        row.Read();
        return row.GetInt64(0);
    }
}

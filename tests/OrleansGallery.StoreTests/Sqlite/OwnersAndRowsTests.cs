using Microsoft.Data.Sqlite;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>Files of version 3 become files of version 4: rows and totals from sums, owners, galleries cut
/// anew.</summary>
public sealed class OwnersAndRowsTests : IDisposable
{
    private const int Identities = 40;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("gallery.db");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(4095)]
    public async Task Open_AFileOfVersion3_HasTheRowsTotalsAndPartitionsThatItsSumsSay(int partitions)
    {
        List<IdentityChange> content = [.. Enumerable.Range(0, Identities).Select(Content)];
        using (OldFile old = new(DatabaseFile))
        {
            old.AddGallery(1, partitions);
            old.AddIdentities(1, partitions, content);
        }

        using SqliteGalleryStore store = new(DatabaseFile);

        Assert.Equal(new SchemaStatus("file", 3, SqliteSchema.Version), store.SchemaBefore);
        OwnedPartition[] expected = [.. Enumerable.Range(0, partitions).Select(
            partition => Expected(partition, partitions, content))];
        Assert.Equal(expected.Select(partition => partition.State), await store.ReadPartitionsAsync(1, Token));
        Assert.Equal(
            content.Select(identity => identity.IdentityId).Order(Utf8Order.Instance),
            (await store.ListIdentitiesAsync(1, null, 1000, Token)).Select(listing => listing.IdentityId));
        foreach (OwnedPartition partition in expected.Where(partition => partition.Identities.Count > 0))
        {
            await StoredContent.AssertAsync(store, partition, Token);
            Assert.Null(await store.ReadRemovalsAsync(partition.Key, partition.Position.Sequence - 1, Token));
            Assert.Empty((await store.ReadRemovalsAsync(partition.Key, partition.Position.Sequence, Token))!);
            await GoOnAsync(store, partition);
        }

        Assert.False(await store.PurgeAsync(10, Token));
    }

    [Fact]
    public async Task Open_WhatADeletedGalleryStillHas_IsPurged()
    {
        using (OldFile old = new(DatabaseFile))
        {
            old.AddGallery(1, 3);
            old.AddIdentities(1, 3, [Content(0), Content(1)]);
            old.AddGallery(2, 3);
            old.AddIdentities(2, 3, [Content(0), Content(1), Content(2)]);
            old.Run("DELETE FROM galleries WHERE number = 2");
            old.Run("DELETE FROM partitions WHERE gallery = 2");
            old.Run("INSERT INTO deleted_galleries (number) VALUES (2)");
        }

        using SqliteGalleryStore store = new(DatabaseFile);
        while (await store.PurgeAsync(2, Token))
        {
        }

        Assert.Equal(2, (await store.ListIdentitiesAsync(1, null, 10, Token)).Count);
        Assert.False(await store.DeleteGalleryAsync(2, Guid.Empty, Token));
        Assert.True((await store.CreateGalleryAsync(
            (await store.FindGalleryAsync(1, Token))! with { Name = "new" }, Guid.NewGuid(), Token))!.Number > 2);
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadOnly);
        foreach (string table in (string[])["images", "identities", "facet_sums"])
        {
            Assert.Equal(0, Count(file, $"SELECT count(*) FROM {table} WHERE gallery = 2"));
        }
    }

    [Theory]
    [InlineData("UPDATE facet_sums SET sum = zeroblob(31) WHERE identity = '1 \u00e9'")]
    [InlineData("UPDATE facet_sums SET sum = zeroblob(8) WHERE identity = '1 \u00e9'")]
    [InlineData("UPDATE facet_sums SET sum = x'ffffffffffffff7fffffffffffffff7fffffffffffffff7fffffffffffffff7f'")]
    public void Open_DamagedSums_SaysWhoseAndLeavesTheFileAsItWas(string damage)
    {
        using (OldFile old = new(DatabaseFile))
        {
            old.AddGallery(1, 3);
            old.AddIdentities(1, 3, [Content(1)]);
            old.Run(damage);
        }

        StoreAwayException error = Assert.Throws<StoreAwayException>(() => new SqliteGalleryStore(DatabaseFile));

        Assert.Equal(StoreAwayReason.Damaged, error.Reason);
        Assert.Contains("1 é", error.Message, StringComparison.Ordinal);
        using SqliteConnection file = SqliteConnections.Open(DatabaseFile, SqliteOpenMode.ReadOnly);
        Assert.Equal(3, Count(file, "PRAGMA user_version"));
        Assert.NotEqual(0, Count(file, "SELECT count(*) FROM facet_sums"));
    }

    [Fact]
    public void Open_AFileOfVersion3_WalksWithoutSorting()
    {
        using OldFile old = new(DatabaseFile);

        Assert.DoesNotContain(old.Explain(OwnersAndRows.Sums), step => step.Contains("TEMP", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static long Count(SqliteConnection file, string sql)
    {
        using SqliteStatement statement = new(file, sql, 0);
        using SqliteDataReader row = statement.Read(null);
        row.Read();
        return row.GetInt64(0);
    }

    // Some have several facets, some no direction.
    private static IdentityChange Content(int number)
    {
        string id = $"{number} é";
        StoredImage first = Image(id, "1");
        return (number % 3) switch
        {
            0 => IdentityChange.Add(id, first),
            1 => IdentityChange.Add(id, first, Image(id, "2", "c1"), Image(id, "3", "c1")),
            _ => IdentityChange.Add(id, first, TestImages.Opposite(first, "2")),
        };
    }

    // Nothing was kept of images then.
    private static StoredImage Image(string identityId, string imageId, string facet = "") =>
        TestImages.Of(identityId, imageId, facet) with { Picture = null };

    private static OwnedPartition Expected(int partition, int partitions, List<IdentityChange> content)
    {
        PartitionKey key = new(1, partition);
        OwnedPartition expected = new(Guid.Empty, new TakenPartition(
            new PartitionState(key, Guid.Empty, new PartitionPosition(0, 0, Guid.Empty), default), true));
        foreach (IdentityChange identity in content.Where(
            identity => TestIds.PartitionOf(identity.IdentityId, partitions) == partition))
        {
            expected.Position = expected.Position with { Sequence = OldFile.VersionOf(identity) - 1 };
            expected.Apply(expected.Write(identity), identity);
        }

        // Where identities moved, no partition may be behind a version that moved in.
        long sequence = IdentitySlot.Slots % partitions == 0
            ? OldFile.SequenceOf(partition)
            : Enumerable.Range(0, partitions).Max(OldFile.SequenceOf);
        expected.Position = new(OldFile.EpochOf(partition), sequence, OldFile.Token);
        return expected;
    }

    private static async Task GoOnAsync(SqliteGalleryStore store, OwnedPartition partition)
    {
        partition.Owner = Guid.NewGuid();
        TakenPartition taken = (await store.TakePartitionAsync(partition.Key, partition.Owner, Token))!;
        Assert.True(taken.WasHandedOver);
        partition.Position = partition.Position with { Epoch = partition.Position.Epoch + 1 };
        Assert.Equal(partition.State, taken.State);
        string id = partition.Identities.Keys.First();
        Assert.True(await partition.CommitAsync(store, new IdentityChange(id, ["1"], [TestImages.Of(id, "1", "c7")])));
        await StoredContent.AssertAsync(store, partition, Token);
    }
}

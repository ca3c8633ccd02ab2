using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>What a purge leaves of a deleted gallery: nothing, in no table.</summary>
public sealed class GalleryPurgeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Purge_ADeletedGallery_LeavesNoRowInAnyTable()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using PostgresStoreDatabase database = await PostgresStoreDatabase.CreateHereAsync(postgres);
        using PostgresGalleryStore store = database.Open();
        GalleryRecord gallery = (await store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people",
                Dimension = TestImages.Dimension,
                Partitions = 1,
                CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(), token))!;
        OwnedPartition partition = await OwnedPartition.TakeAsync(store, new(gallery.Number, 0), token);
        await partition.CommitAsync(store, IdentityChange.Add("a", "1"), IdentityChange.Add("b", "2"),
            IdentityChange.Add("c", "3"));
        await partition.CommitAsync(store, IdentityChange.Delete("a"));
        Assert.True(await new ModelTransfer(partition, "b", partition, "c").CommitAsync(store));

        await store.DeleteGalleryAsync(gallery.Number, Guid.NewGuid(), token);
        while (await store.PurgeAsync(2, token))
        {
        }

        string[] tables = ["pictures", "images", "facet_sums", "identities", "purges", "removals", "operations"];
        foreach (string table in tables)
        {
            Assert.Equal((table, 0L), (table, await database.ReadAsync($"SELECT count(*) FROM gallery.{table}")));
        }
    }
}

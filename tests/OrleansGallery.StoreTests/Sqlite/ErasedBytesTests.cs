using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>What an erasure deletes is in no free place of the file nor in its log.</summary>
public sealed class ErasedBytesTests : IAsyncLifetime
{
    private readonly SqliteDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task Erase_AnIdentityOrAnImage_LeavesNoByteOfItInTheFiles(string? imageId)
    {
        StoredImage image = Unique("1");
        byte[][] parts = Parts(image);
        using SqliteGalleryStore store = new(_database.DatabaseFile);
        OwnedPartition partition = await FillAsync(store, image, TestImages.Of("a", "2"));
        Assert.All(parts, part => Assert.True(IsInTheFiles(part)));

        Assert.True(await new ModelErasure(partition, "a", imageId).CommitAsync(store, "op", ModelErasure.Late));
        await FinishAsync(store, partition, "a");

        Assert.All(parts, part => Assert.False(IsInTheFiles(part)));
        Assert.True(IsInTheFiles(image.ContentHash));
        await StoredContent.AssertAsync(store, partition, Token);
    }

    [Fact]
    public async Task Erase_AnIdentityWhoseImagesWereRemovedReplacedAndMovedBefore_LeavesNoByteOfThem()
    {
        StoredImage[] images = [Unique("1"), Unique("2"), Unique("3"), Unique("4")];
        using SqliteGalleryStore store = new(_database.DatabaseFile);
        OwnedPartition partition = await FillAsync(store, images);
        StoredImage other = Unique("2") with { ContentHash = RandomNumberGenerator.GetBytes(32) };

        await partition.CommitAsync(store, IdentityChange.Remove("a", "1"));
        await partition.CommitAsync(store, new IdentityChange("a", ["2"], [other]));
        Assert.True(await new ModelTransfer(partition, "a", partition, "another name", ["3"]).CommitAsync(store));
        Assert.True(await new ModelErasure(partition, "another name").CommitAsync(store, "1"));
        Assert.True(await new ModelErasure(partition, "a").CommitAsync(store, "2"));
        await FinishAsync(store, partition, "another name", "a");

        Assert.DoesNotContain(true, images.Append(other).SelectMany(Parts).Select(IsInTheFiles));
        await StoredContent.AssertAsync(store, partition, Token);
    }

    [Fact]
    public async Task Erase_OfManyWhoseRowsWereMovedBetweenPages_LeavesNoEmbeddingInTheFiles()
    {
        Random random = new(7);
        using SqliteGalleryStore store = new(_database.DatabaseFile);
        OwnedPartition partition = await FillAsync(store, TestImages.Of("a", "1"));
        string[] ids = [.. Enumerable.Range(0, 60).Select(i => $"{random.Next(1_000)}/{new string('x', i)}")];
        for (int round = 0; round < 8; round++)
        {
            random.Shuffle(ids);
            await partition.CommitAsync(
                store, [.. ids.Select(id => IdentityChange.Add(id, TestImages.Of(id, $"{round}")))]);
        }

        string[] erased = [.. ids.Take(40)];
        StoredImage[] images = [.. erased.SelectMany(id => partition.Identities[id].Ordered)];
        foreach (string id in erased)
        {
            Assert.True(await new ModelErasure(partition, id).CommitAsync(store, id));
        }

        await FinishAsync(store, partition, erased);

        byte[][] files = Files();
        Assert.DoesNotContain(true, images.Select(image => IsIn(files, image.Embedding!)));
        await StoredContent.AssertAsync(store, partition, Token);
    }

    [Fact]
    public async Task TryForgetDeleted_WhileAnOlderStateIsRead_IsNotDone_AndIsAfterwards()
    {
        StoredImage image = Unique("1");
        using SqliteGalleryStore store = new(_database.DatabaseFile);
        OwnedPartition partition = await FillAsync(store, image);
        using (SqliteConnection reader = SqliteConnections.Open(_database.DatabaseFile, SqliteOpenMode.ReadOnly))
        {
            using SqliteTransaction transaction = reader.BeginTransaction(deferred: true);
            SqliteSnapshot older = new(reader, transaction);
            Assert.Equal(2, older.Select("SELECT count(*) FROM images", row => row.GetInt64(0)).Single());
            Assert.True(await new ModelErasure(partition, "a").CommitAsync(store));
            while (await store.PurgeIdentityAsync(partition.Key, "a", 1, Token))
            {
            }

            Assert.False(await store.TryForgetDeletedAsync(Token));
            Assert.True(IsInTheFiles(image.Picture!.Original![^16..]));
        }

        Assert.True(await store.TryForgetDeletedAsync(Token));
        Assert.DoesNotContain(true, Parts(image).Select(IsInTheFiles));
    }

    [Fact]
    public async Task Erase_TheProcessEndsBeforeThePurge_TheNextOnePurgesWithoutATrace()
    {
        StoredImage image = Unique("1");
        OwnedPartition partition;
        using (SqliteGalleryStore store = new(_database.DatabaseFile))
        {
            partition = await FillAsync(store, image);
            Assert.True(await new ModelErasure(partition, "a").CommitAsync(store));
        }

        using (SqliteGalleryStore store = new(_database.DatabaseFile))
        {
            while (await store.PurgeAsync(100, Token))
            {
            }

            await StoredContent.AssertAsync(store, partition, Token);
        }

        Assert.False(IsInTheFiles(image.Picture!.Original![^16..]));
    }

    private static async Task<OwnedPartition> FillAsync(SqliteGalleryStore store, params StoredImage[] images)
    {
        GalleryRecord gallery = (await store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "people", Dimension = TestImages.Dimension, Partitions = 1, CreatedAt = DateTimeOffset.UnixEpoch,
            },
            Guid.NewGuid(),
            Token))!;
        OwnedPartition partition = await OwnedPartition.TakeAsync(store, new(gallery.Number, 0), Token);
        await partition.CommitAsync(store, IdentityChange.Add("a", images), IdentityChange.Add("b", "1"));
        return partition;
    }

    private static StoredImage Unique(string imageId) => TestImages.Of("a", imageId) with
    {
        Picture = StoredPicture.Of(RandomNumberGenerator.GetBytes(300), RandomNumberGenerator.GetBytes(50_000)),
    };

    private static byte[][] Parts(StoredImage image) =>
        [image.Embedding![..16], image.Picture!.Thumbnail[^16..], image.Picture.Original![^16..]];

    private static async Task FinishAsync(SqliteGalleryStore store, OwnedPartition partition, params string[] ids)
    {
        foreach (string id in ids)
        {
            while (await store.PurgeIdentityAsync(partition.Key, id, 1, Token))
            {
            }
        }

        Assert.True(await store.TryForgetDeletedAsync(Token));
    }

    private bool IsInTheFiles(byte[] part) => IsIn(Files(), part);

    private byte[][] Files() =>
    [
        .. new[] { string.Empty, "-wal" }.Select(end => _database.DatabaseFile + end).Where(File.Exists).Select(Read),
    ];

    private static bool IsIn(byte[][] files, byte[] part) => files.Any(file => file.AsSpan().IndexOf(part) >= 0);

    private static byte[] Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

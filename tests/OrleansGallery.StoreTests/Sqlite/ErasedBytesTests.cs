using System.Security.Cryptography;
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
        byte[][] parts = [image.Embedding![..16], image.Picture!.Thumbnail[^16..], image.Picture.Original![^16..]];
        using SqliteGalleryStore store = new(_database.DatabaseFile);
        OwnedPartition partition = await FillAsync(store, image, TestImages.Of("a", "2"));
        Assert.All(parts, part => Assert.True(IsInTheFiles(part)));

        Assert.True(await new ModelErasure(partition, "a", imageId).CommitAsync(store, "op", ModelErasure.Late));
        while (await store.PurgeIdentityAsync(partition.Key, "a", 1, Token))
        {
        }

        Assert.All(parts, part => Assert.False(IsInTheFiles(part)));
        Assert.True(IsInTheFiles(image.ContentHash));
        await StoredContent.AssertAsync(store, partition, Token);
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

    private bool IsInTheFiles(byte[] part) =>
        new[] { string.Empty, "-wal" }.Select(end => _database.DatabaseFile + end).Where(File.Exists)
            .Any(file => Read(file).AsSpan().IndexOf(part) >= 0);

    private static byte[] Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

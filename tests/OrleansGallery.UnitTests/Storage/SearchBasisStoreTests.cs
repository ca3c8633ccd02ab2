using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests;

/// <summary>A gallery's search basis in the store: conditional writes and deletion.</summary>
public sealed class SearchBasisStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutSearchBasis_TwoFromTheSameState_TheFirstSucceeds()
    {
        using SqliteGalleryStore store = Open();
        long gallery = Create(store, "people").Number;
        long other = Create(store, "birds").Number;
        Assert.Equal(0, await store.ReadSearchBasisVersionAsync(gallery, Token));
        Assert.Null(await store.ReadSearchBasisAsync(gallery, Token));

        Assert.True(store.PutSearchBasis(gallery, 0, new StoredBasis(1, [1, 2, 3])));
        Assert.False(store.PutSearchBasis(gallery, 0, new StoredBasis(1, [4])));
        Assert.True(store.PutSearchBasis(gallery, 1, new StoredBasis(2, [5, 6])));
        Assert.False(store.PutSearchBasis(gallery + 100, 0, new StoredBasis(1, [7])));

        Assert.Equal(2, await store.ReadSearchBasisVersionAsync(gallery, Token));
        StoredBasis stored = (await store.ReadSearchBasisAsync(gallery, Token))!;
        Assert.Equal(2, stored.Version);
        Assert.Equal([5, 6], stored.Bytes);
        Assert.Null(await store.ReadSearchBasisAsync(other, Token));
    }

    [Fact]
    public async Task PutSearchBasis_Reopened_IsThereUntilTheGalleryIsDeleted()
    {
        long gallery;
        using (SqliteGalleryStore before = Open())
        {
            gallery = Create(before, "people").Number;
            Assert.True(before.PutSearchBasis(gallery, 0, new StoredBasis(1, new byte[1 << 20])));
        }

        using SqliteGalleryStore store = Open();
        Assert.Equal(1 << 20, (await store.ReadSearchBasisAsync(gallery, Token))!.Bytes.Length);
        Assert.Equal("people", Assert.Single(await store.ListGalleriesAsync(Token)).Name);

        Assert.True(store.DeleteGallery(gallery));

        Assert.Null(await store.ReadSearchBasisAsync(gallery, Token));
        Assert.Equal(0, await store.ReadSearchBasisVersionAsync(gallery, Token));
        Assert.False(store.PutSearchBasis(gallery, 1, new StoredBasis(2, [1])));
        long again = Create(store, "people").Number;
        Assert.Null(await store.ReadSearchBasisAsync(again, Token));
    }

    public void Dispose() => _folder.Dispose();

    private static GalleryRecord Create(SqliteGalleryStore store, string name) => store.CreateGallery(new GalleryRecord
    {
        Name = name,
        Dimension = 128,
        Partitions = 1,
        CreatedAt = DateTimeOffset.UnixEpoch,
    })!;

    private string DatabaseFile => _folder.File("gallery.db");

    private SqliteGalleryStore Open() => new(DatabaseFile);
}

using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A gallery's search basis: conditional writes, repeated; deletion.</summary>
public abstract class SearchBasisContract : GalleryStoreContract
{
    [Fact]
    public async Task Put_TwoFromTheSameState_TheFirstSucceeds()
    {
        long gallery = (await CreateAsync("people")).Number;
        long other = (await CreateAsync("birds")).Number;
        Assert.Equal(0, await Store.ReadSearchBasisVersionAsync(gallery, Token));
        Assert.Null(await Store.ReadSearchBasisAsync(gallery, Token));

        Assert.True(await PutAsync(gallery, 0, 1, [1, 2, 3]));
        Assert.False(await PutAsync(gallery, 0, 1, [4]));
        Assert.True(await PutAsync(gallery, 1, 2, [5, 6]));
        Assert.False(await PutAsync(gallery + 100, 0, 1, [7]));

        Assert.Equal(2, await Store.ReadSearchBasisVersionAsync(gallery, Token));
        StoredBasis stored = (await Store.ReadSearchBasisAsync(gallery, Token))!;
        Assert.Equal(2, stored.Version);
        Assert.Equal([5, 6], stored.Bytes);
        Assert.Null(await Store.ReadSearchBasisAsync(other, Token));
    }

    [Fact]
    public async Task Put_Repeated_HearsThatItsBytesAreStored()
    {
        long gallery = (await CreateAsync()).Number;

        Assert.True(await PutAsync(gallery, 0, 1, [1, 2, 3]));
        Assert.True(await PutAsync(gallery, 0, 1, [1, 2, 3]));
        Assert.True(await PutAsync(gallery, 1, 5, [4]));
        Assert.False(await PutAsync(gallery, 0, 1, [1, 2, 3]));
    }

    [Fact]
    public async Task Put_Megabytes_IsThereForAnotherHandleUntilTheGalleryIsDeleted()
    {
        long gallery = (await CreateAsync()).Number;
        byte[] bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        Assert.True(await PutAsync(gallery, 0, 1, bytes));
        IGalleryStore other = await OpenAsync();
        Assert.Equal(bytes, (await other.ReadSearchBasisAsync(gallery, Token))!.Bytes);
        Assert.Equal("people", Assert.Single(await other.ListGalleriesAsync(Token)).Name);

        Assert.True(await Store.DeleteGalleryAsync(gallery, Guid.NewGuid(), Token));

        Assert.Null(await Store.ReadSearchBasisAsync(gallery, Token));
        Assert.Equal(0, await Store.ReadSearchBasisVersionAsync(gallery, Token));
        Assert.False(await PutAsync(gallery, 1, 2, [1]));
        Assert.Null(await Store.ReadSearchBasisAsync((await CreateAsync()).Number, Token));
    }

    private Task<bool> PutAsync(long gallery, long expected, long version, byte[] bytes) =>
        Store.PutSearchBasisAsync(gallery, expected, new StoredBasis(version, bytes), Token);
}

using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>A gallery's settings: replaced on condition, repeated.</summary>
public abstract class SettingsContract : GalleryStoreContract
{
    [Fact]
    public async Task Put_TwoFromTheSameState_TheFirstSucceeds()
    {
        GalleryRecord gallery = await CreateAsync("people");
        GalleryRecord other = await CreateAsync("birds");

        Assert.True(await Store.PutSettingsAsync(gallery.Number, gallery.Settings, """{"margin":0.1}""", Token));
        Assert.False(await Store.PutSettingsAsync(gallery.Number, gallery.Settings, """{"margin":0.2}""", Token));
        // Who did not hear the answer asks once more.
        Assert.True(await Store.PutSettingsAsync(gallery.Number, gallery.Settings, """{"margin":0.1}""", Token));
        Assert.False(await Store.PutSettingsAsync(gallery.Number + 100, gallery.Settings, "{}", Token));

        IGalleryStore again = await OpenAsync();
        Assert.Equal("""{"margin":0.1}""", (await again.FindGalleryAsync("people", Token))!.Settings);
        Assert.Equal(other.Settings, (await again.FindGalleryAsync("birds", Token))!.Settings);
    }
}

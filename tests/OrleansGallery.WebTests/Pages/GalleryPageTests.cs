using Microsoft.Playwright;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class GalleryPageTests(ShownPage shown)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gallery_WithPictures_ShowsItsSettingsAndWhereItIs_AndVerifies()
    {
        // A search needs all partitions.
        await shown.Client.SearchAsync(
            ShownPage.Products, new SearchRequest { IdentityId = shown.Queries[0].Product }, Cancelled);
        await using BrowserWindow window = await shown.OpenAsync($"/identities?gallery={ShownPage.Products}");
        await window.Link("About it").ClickAsync();
        await window.Page.Locator(".figures").WaitForAsync();

        GalleryResponse gallery = await shown.Client.GetGalleryAsync(ShownPage.Products, Cancelled);
        string settings = await window.Page.Locator(".facts").InnerTextAsync();
        Assert.All(
            (string[])[gallery.Model!, "512", "none: the best match is always taken", "on white", "a thumbnail", "16"],
            part => Assert.Contains(part, settings, StringComparison.Ordinal));
        ClusterResponse cluster = await shown.Client.GetClusterAsync(Cancelled);
        string silo = await window.Page.Locator(".figures tbody tr").InnerTextAsync();
        Assert.StartsWith(cluster.Silos[0].Name, silo, StringComparison.Ordinal);
        await window.Text("16 of 16 partitions in memory").WaitForAsync();

        await window.Button("Verify").ClickAsync();

        await window.Text("Nothing differs: 12 identities recomputed from 72 images.").WaitForAsync();
        await window.HasFocusAsync(window.Button("Verify"));
        ILocator hashes = window.Page.Locator("code", new PageLocatorOptions { HasText = gallery.RootHash });
        Assert.Equal(2, await hashes.CountAsync());
        await Screenshots.KeepAsync(window.Page, "verified", fullPage: true);
    }

    [Fact]
    public async Task Gallery_NameThatIsMarkup_IsText()
    {
        await using BrowserWindow window = await shown.OpenAsync(
            $"/gallery?gallery={Uri.EscapeDataString(ShownPage.Vectors)}");
        await window.Page.Locator(".facts").WaitForAsync();

        Assert.Equal($"About {ShownPage.Vectors}", await window.Page.Locator("h1").TextContentAsync());
        Assert.Equal(0, await window.Page.Locator("main b, main img, main script").CountAsync());
        string settings = await window.Page.Locator(".facts").InnerTextAsync();
        Assert.Contains("none: it takes vectors", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("Kept of each image", settings, StringComparison.Ordinal);
        await window.Button("Verify").ClickAsync();
        await window.Text("Nothing differs").WaitForAsync();
    }

    [Fact]
    public async Task Gallery_ThatIsNot_SaysSo()
    {
        await using BrowserWindow window = await shown.OpenAsync("/gallery?gallery=none");

        await window.Text("There is no such gallery").WaitForAsync();
    }

    [Fact]
    public async Task Verify_OfAGalleryThatWasDeletedMeanwhile_SaysSo()
    {
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, ("anna", "first", [1, 2, 3, 4]));
        await using BrowserWindow window = await shown.OpenAsync($"/gallery?gallery={Uri.EscapeDataString(gallery)}");
        await window.Button("Verify").WaitForAsync();
        await shown.Client.DeleteGalleryAsync(gallery, Cancelled);

        await window.Button("Verify").ClickAsync();

        await window.Text("There is no such gallery").WaitForAsync();
    }
}

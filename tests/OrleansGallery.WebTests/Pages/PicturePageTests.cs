using Microsoft.Playwright;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>What is kept of images is seen where they are listed and found.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class PicturePageTests(ShownPage shown)
{
    private const string IsShown = "i => i.complete && i.naturalWidth > 0";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Identity_OfAGalleryThatKeepsThumbnails_ShowsEachWithItsId()
    {
        string product = (await shown.Client.ListIdentitiesAsync(
            ShownPage.Products, null, 1, Cancelled)).Identities[0].Identity;
        await using BrowserWindow window = await shown.OpenAsync(
            $"/identity?gallery={ShownPage.Products}&id={Uri.EscapeDataString(product)}");
        await window.Page.Locator(".tiles li").First.WaitForAsync();
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        ILocator pictures = window.Page.Locator(".tiles li img");
        ImageListResponse images = await shown.Client.ListImagesAsync(
            ShownPage.Products, product, cancellationToken: Cancelled);
        Assert.Equal(images.Images.Count, await pictures.CountAsync());
        for (int i = 0; i < images.Images.Count; i++)
        {
            Assert.Equal($"Image {images.Images[i].ImageId}", await pictures.Nth(i).GetAttributeAsync("alt"));
            Assert.Equal("lazy", await pictures.Nth(i).GetAttributeAsync("loading"));
            await pictures.Nth(i).ScrollIntoViewIfNeededAsync();
        }

        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.True(await pictures.First.EvaluateAsync<bool>(IsShown));
        Assert.True(await pictures.Last.EvaluateAsync<bool>(IsShown));
    }

    [Fact]
    public async Task Search_OfAGalleryThatKeepsThumbnails_ShowsOneOfEachMatch()
    {
        await using BrowserWindow window = await shown.OpenAsync("/search?gallery=" + ShownPage.Products);
        await window.Page.Locator(".zone[data-listens]").WaitForAsync();
        await window.Page.GetByLabel("Choose a picture").SetInputFilesAsync(
            new FilePayload { Name = "query.jpg", MimeType = "image/jpeg", Buffer = shown.Queries[0].File });

        ILocator rows = window.List("Matches").GetByRole(AriaRole.Listitem);
        await rows.First.Locator("img").WaitForAsync();
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Equal(await rows.CountAsync(), await rows.Locator("img").CountAsync());
        Assert.True(await rows.First.Locator("img").EvaluateAsync<bool>(IsShown));
        string identity = await rows.First.GetByRole(AriaRole.Link).InnerTextAsync();
        Assert.StartsWith(
            $"Image {identity}@", await rows.First.Locator("img").GetAttributeAsync("alt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identity_PictureOfIdsThatAreMarkup_IsShownAndTheIdsStayText()
    {
        const string gallery = "<i>\"pictures\" & more";
        await shown.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Model = "default", Partitions = 4 }, Cancelled);
        foreach (string id in ShownPage.Nasty)
        {
            await shown.Client.EnrolFileAsync(
                gallery, id, shown.Queries[0].File, new EnrolImageRequest { ImageId = id }, Cancelled);
        }

        await using BrowserWindow window = await shown.OpenAsync("/");
        foreach (string id in ShownPage.Nasty)
        {
            await window.GoAsync(
                $"/identity?gallery={Uri.EscapeDataString(gallery)}&id={Uri.EscapeDataString(id)}");
            ILocator picture = window.Page.Locator(".tiles li img");
            await picture.WaitForAsync();
            await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

            Assert.Equal($"Image {id}", await picture.GetAttributeAsync("alt"));
            Assert.True(await picture.EvaluateAsync<bool>(IsShown), id);
            Assert.Equal(1, await window.Page.Locator("main img").CountAsync());
            Assert.Equal($"{id} - OrleansGallery", await window.Page.EvaluateAsync<string>("document.title"));
        }
    }
}

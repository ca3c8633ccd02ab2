using Microsoft.Playwright;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class IdentityPageTests(ShownPage shown)
{
    public static TheoryData<string> Nasty => [.. ShownPage.Nasty];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Identity_IdThatIsMarkup_IsText(string id)
    {
        await using BrowserWindow window = await shown.OpenAsync(
            $"/identities?gallery={Uri.EscapeDataString(ShownPage.Vectors)}");
        Assert.Equal(ShownPage.Vectors, await window.Page.Locator("h1").InnerTextAsync());

        await window.List("Identities").GetByRole(AriaRole.Link).Filter(
            new LocatorFilterOptions { HasTextRegex = new($"^{System.Text.RegularExpressions.Regex.Escape(id)}$") })
            .ClickAsync();

        await window.Page.Locator(".tiles li").WaitForAsync();
        Assert.Equal(id, await window.Page.Locator("h1").TextContentAsync());
        Assert.Equal(id, await window.Page.Locator(".caption code").TextContentAsync());
        Assert.Equal($"{id} - OrleansGallery", await window.Page.EvaluateAsync<string>("document.title"));
        Assert.Equal(0, await window.Page.Locator("main img, main script").CountAsync());
        // The address names the same identity when it is opened anew.
        await window.Page.ReloadAsync();
        await window.Page.Locator(".tiles li").WaitForAsync();
        Assert.Equal(id, await window.Page.Locator("h1").TextContentAsync());
    }

    [Fact]
    public async Task Delete_ImageThenIdentity_ShowsTheReceipts()
    {
        string gallery = "receipts";
        await shown.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Dimension = 4, Partitions = 4 }, Cancelled);
        for (int image = 0; image < 30; image++)
        {
            await shown.Client.EnrolAsync(gallery, "anna", new EnrolImageRequest
            {
                ImageId = $"image {image:00}", Vector = [1, image, 3, 4], Facet = image < 10 ? "door" : null,
            }, Cancelled);
        }

        await using BrowserWindow window = await shown.OpenAsync("/identity?gallery=receipts&id=anna");
        ILocator tiles = window.Page.Locator(".tiles li");
        await tiles.First.WaitForAsync();
        Assert.Equal(24, await tiles.CountAsync());
        Assert.Contains("door 10", await window.List("Images by facet").InnerTextAsync(), StringComparison.Ordinal);
        await window.Button("Next").ClickAsync();
        await window.Text("Page 2").WaitForAsync();
        await Assertions.Expect(tiles).ToHaveCountAsync(6);

        await window.Button("Delete image image 29").ClickAsync();
        await window.Button("Delete for good").ClickAsync();
        await window.Text("The image was deleted: 1 image removed.").WaitForAsync();
        Assert.Equal(29, (await shown.Client.GetIdentityAsync(gallery, "anna", Cancelled)).Count);

        string hash = (await shown.Client.GetIdentityAsync(gallery, "anna", Cancelled)).Hash;
        await window.Button("Delete identity").ClickAsync();
        await window.Button("Delete for good").ClickAsync();
        await window.Text("The identity was deleted: 29 images removed.").WaitForAsync();
        await window.Text(hash).First.WaitForAsync();
    }

    [Fact]
    public async Task Erase_Identity_SaysWhatItMeansAndShowsTheReceipt()
    {
        const string gallery = "erasures";
        EnrolImageRequest image = new() { ImageId = "first", Vector = [1, 2, 3, 4] };
        await shown.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = gallery, Dimension = 4, Partitions = 4 }, Cancelled);
        await shown.Client.EnrolAsync(gallery, "anna", image, Cancelled);
        await using BrowserWindow window = await shown.OpenAsync("/identity?gallery=erasures&id=anna");

        await window.Button("Erase identity").ClickAsync();
        await window.Text("it cannot be undone").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "erase-dialog");
        await window.Button("Cancel").ClickAsync();
        await window.HasFocusAsync(window.Button("Erase identity"));
        Assert.Equal(1, (await shown.Client.GetIdentityAsync(gallery, "anna", Cancelled)).Count);
        await window.Button("Erase identity").ClickAsync();
        using (HeldRequests held = shown.Hold("POST", "/identities/anna:erase"))
        {
            await window.Button("Erase for good").ClickAsync();
            await held.Arrived;
            await Assertions.Expect(window.Page.Locator(".mud-dialog [aria-busy=true] [role=status]"))
                .ToContainTextAsync("Erasing ...");
        }

        await window.Text("The identity was erased: 1 image, of which nothing is left.").WaitForAsync();
        await window.HasFocusAsync(window.Page.Locator(".notice"));
        await Screenshots.KeepAsync(window.Page, "erased-desktop");
        string operation = await window.Page.Locator(".receipt code").First.InnerTextAsync();
        ErasureResponse receipt = await shown.Client.GetErasureAsync(gallery, operation, Cancelled);
        string text = await window.Page.Locator(".receipt").InnerTextAsync();
        Assert.Contains(receipt.ContentsHash, text, StringComparison.Ordinal);
        Assert.Contains(receipt.Identity.Before.Hash, text, StringComparison.Ordinal);
        Assert.Contains($"{receipt.RefusedUntil:yyyy-MM-dd HH:mm:ss} UTC", text, StringComparison.Ordinal);
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(
            () => shown.Client.EnrolAsync(gallery, "anna", image, Cancelled));
        Assert.Equal(ErrorCodes.Erased, refused.Code);
    }

    [Fact]
    public async Task Erase_OneImage_ShowsTheReceiptAndKeepsTheOthers()
    {
        string gallery = await OwnGallery.OfVectorsAsync(
            shown.Client, ("anna", "first", [1, 2, 3, 4]), ("anna", "second", [4, 3, 2, 1]));
        await using BrowserWindow window = await shown.OpenAsync(OwnGallery.PageOf(gallery, "anna"));

        await window.Button("Erase image second").ClickAsync();
        await window.Text("is erased for good: nothing of it is left").WaitForAsync();
        await window.Button("Erase for good").ClickAsync();

        await window.Text("The image was erased: 1 image, of which nothing is left.").WaitForAsync();
        await window.HasFocusAsync(window.Page.Locator(".notice"));
        Assert.Contains("second", await window.Page.Locator(".receipt").InnerTextAsync(), StringComparison.Ordinal);
        await window.Button("Erase image second").WaitForAsync(
            new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal("first", await OwnGallery.ImagesAsync(shown.Client, gallery, "anna"));

        await window.Button("Erase image first").ClickAsync();
        await window.Button("Erase for good").ClickAsync();

        await window.Link("The gallery's other identities").WaitForAsync();
        GalleryApiException gone = await Assert.ThrowsAsync<GalleryApiException>(
            () => shown.Client.GetIdentityAsync(gallery, "anna", Cancelled));
        Assert.Equal(ErrorCodes.IdentityNotFound, gone.Code);
    }

    [Fact]
    public async Task Images_OneUnlikeTheOthers_IsMarked_AndContributionsAddUp()
    {
        string gallery = await OwnGallery.OfVectorsAsync(
            shown.Client, ("anna", "0", [1, 0, 0, 0]), ("anna", "1", [1, 0.2f, 0, 0]), ("anna", "2", [1, 0, 0.2f, 0]),
            ("anna", "3", [1, 0, 0, 0.2f]), ("anna", "4", [1, 0.2f, 0.2f, 0]), ("anna", "odd", [-0.2f, 0, 1, 1]));
        await using BrowserWindow window = await shown.OpenAsync(OwnGallery.PageOf(gallery, "anna"));
        await window.Page.Locator(".shares").First.WaitForAsync();

        ILocator marked = window.Page.Locator(".tiles li", new PageLocatorOptions { HasText = "Unlike the others" });
        Assert.Equal("odd", await marked.Locator(".caption code").InnerTextAsync());
        string[] parts = [.. await window.Page.Locator(".shares > div:nth-child(2) dd").AllInnerTextsAsync()];
        double sum = parts.Sum(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
        InsightResponse insight = await shown.Client.GetInsightAsync(gallery, "anna", cancellationToken: Cancelled);
        Assert.Equal(6, parts.Length);
        Assert.Equal(insight.Score!.Value, sum, 0.001);
    }

    [Fact]
    public async Task Identity_ThatIsNot_SaysSo()
    {
        await using BrowserWindow window = await shown.OpenAsync(
            $"/identity?gallery={ShownPage.Products}&id=nobody");

        await window.Text("There is no such identity").WaitForAsync();
    }
}

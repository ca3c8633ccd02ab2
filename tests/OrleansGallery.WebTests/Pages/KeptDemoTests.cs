using Microsoft.Playwright;
using OrleansGallery.Cli;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary><c>gallery demo --keep</c> as a newcomer sees it; the pictures of README.md are made here
/// (<c>GALLERY_SCREENSHOTS</c>).</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class KeptDemoTests(ShownPage shown)
{
    private const string Product = "product-003";

    private static readonly BrowserNewContextOptions Screen = new()
    {
        ViewportSize = new ViewportSize { Width = 1120, Height = 680 }, ColorScheme = ColorScheme.Light,
    };

    [Fact]
    public async Task Demo_Kept_ShowsItsProducts_AndEndsWithItsFolder()
    {
        Chromium.Require();
        using ServeProcess demo = await ServeProcess.StartCommandAsync(
            ["demo", "--keep", "--products", "24"], [new("GALLERY_Server__Keys", "required")]);
        string folder = demo.Said.Split("none of them enrolled: ")[1].Split('\n')[0].Trim();
        string picture = Path.Combine(folder, $"{Product}@7.jpg");
        await using (BrowserWindow window = await shown.OpenAsync("/", Screen, demo.Url))
        {
            await window.Link("products").WaitForAsync();
            Assert.Equal(1, await window.Page.Locator(".card").CountAsync());
            await window.Link("Search in products").ClickAsync();
            await window.Page.Locator(".zone[data-listens]").WaitForAsync();
            await window.Page.GetByLabel("Choose a picture").SetInputFilesAsync(picture);
            ILocator first = window.List("Matches").GetByRole(AriaRole.Listitem).First;
            await first.Locator("img").WaitForAsync();
            Assert.Equal(Product, await first.GetByRole(AriaRole.Link).InnerTextAsync());
            await KeepAsync(window, "demo-search");

            await first.GetByRole(AriaRole.Link).ClickAsync();
            await window.Page.Locator(".tiles img").First.WaitForAsync();
            await window.Page.Locator(".shares").First.WaitForAsync();
            await KeepAsync(window, "demo-identity");
            Assert.Equal(6, await window.Page.Locator(".tiles img").CountAsync());
        }

        demo.Signal("INT");

        Assert.Equal(0, await demo.EndedAsync());
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder)));
    }

    private static async Task KeepAsync(BrowserWindow window, string name)
    {
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Screenshots.KeepSmallAsync(window.Page, name);
    }
}

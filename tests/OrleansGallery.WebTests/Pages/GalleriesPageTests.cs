using Microsoft.Playwright;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class GalleriesPageTests(ShownPage shown)
{
    [Fact]
    public async Task Page_NoGalleries_SaysSoAndCreatesAndDeletesOne()
    {
        Chromium.Require();
        await using OwnService service = await OwnService.StartAsync();
        await using BrowserWindow window = await shown.OpenAsync("/", url: service.Url);
        await window.Text("No galleries yet").WaitForAsync();

        await window.Button("Create the first gallery").ClickAsync();
        ILocator name = window.Page.GetByLabel("Name");
        await name.FillAsync("people");
        // In the field: a dialog that has just opened takes the focus once more.
        await name.PressAsync("Enter");
        await window.Link("people").WaitForAsync();
        Assert.Equal("people", Assert.Single(await service.Client.ListGalleriesAsync(Cancelled)).Name);

        await window.Button("Delete gallery people").ClickAsync();
        ILocator delete = window.Button("Delete for good");
        await delete.WaitForAsync();
        Assert.True(await delete.IsDisabledAsync());
        await window.Page.GetByLabel("Its name, to confirm").FillAsync("peopl");
        Assert.True(await delete.IsDisabledAsync());
        await window.Page.GetByLabel("Its name, to confirm").FillAsync("people");
        await delete.ClickAsync();

        await window.Text("No galleries yet").WaitForAsync();
        await window.HasFocusAsync(window.Page.Locator(".notice"));
        await window.Text("Gallery 'people' was deleted").WaitForAsync();
        Assert.Empty(await service.Client.ListGalleriesAsync(Cancelled));
    }

    [Fact]
    public async Task New_NameThatIsTaken_SaysSoAndKeepsTheDialog()
    {
        await using BrowserWindow window = await shown.OpenAsync("/");

        await window.Button("New gallery").ClickAsync();
        await window.Page.GetByLabel("Name").FillAsync(ShownPage.Products);
        await window.Button("Create").ClickAsync();

        await window.Text("There is such a gallery already").WaitForAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.GetByRole(AriaRole.Dialog).WaitForAsync(
            new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await window.HasFocusAsync(window.Button("New gallery"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

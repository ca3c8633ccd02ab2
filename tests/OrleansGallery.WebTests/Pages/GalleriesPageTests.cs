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
        ILocator name = await window.TypeAsync("Name", "people");
        await name.PressAsync("Enter");
        await window.Link("people").WaitForAsync();
        Assert.Equal("people", Assert.Single(await service.Client.ListGalleriesAsync(Cancelled)).Name);

        await window.Button("Delete gallery people").ClickAsync();
        ILocator delete = window.Button("Delete for good");
        await delete.WaitForAsync();
        Assert.True(await delete.IsDisabledAsync());
        ILocator confirmation = await window.TypeAsync("Its name, to confirm", "peopl");
        await confirmation.PressAsync("Enter");
        await window.Text("Type 'people' to confirm.").WaitForAsync();
        Assert.Single(await service.Client.ListGalleriesAsync(Cancelled));
        await confirmation.FillAsync("people");
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
        await window.TypeAsync("Name", ShownPage.Products);
        await window.Button("Create").ClickAsync();

        await window.Text("There is such a gallery already").WaitForAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Page.GetByRole(AriaRole.Dialog).WaitForAsync(
            new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await window.HasFocusAsync(window.Button("New gallery"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

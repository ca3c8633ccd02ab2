using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class SignInPageTests(ShownPage shown)
{
    [Fact]
    public async Task Page_OfAServiceThatAsksForKeys_DoesWhatTheVisitorsKeyMay()
    {
        Chromium.Require();
        await using OwnService service = await OwnService.StartAsync("required");
        using GalleryClient admin = new(
            service.Url, new GalleryClientOptions { Key = await service.MakeKeyAsync(KeyRole.Admin) });
        await admin.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "people", Dimension = 4, Partitions = 2 },
            TestContext.Current.CancellationToken);
        await using BrowserWindow window = await shown.OpenAsync("/", url: service.Url);
        await window.Text("This service asks for a key").WaitForAsync();

        await window.Page.GetByLabel("Key").FillAsync(await service.MakeKeyAsync(KeyRole.Read));
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Link("people").WaitForAsync();

        await window.Link("Search in people").WaitForAsync();
        Assert.Equal(0, await window.Button("New gallery").CountAsync());

        await window.Link("Sign out").ClickAsync();
        await window.Text("You are signed in").WaitForAsync();
        await window.Button("Sign out").ClickAsync();
        await window.Text("This service asks for a key").WaitForAsync();
        await window.GoAsync("/cluster");
        await window.Text("This service asks for a key").WaitForAsync();
    }
}

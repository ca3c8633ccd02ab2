using Microsoft.Playwright;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>Answers that come when something else is meant or shown.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class SlowAnswerTests(ShownPage shown)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_EnterBeforeWhatIsTypedIsFound_DoesNotTakeTheChoiceBefore()
    {
        string gallery = await OwnGallery.OfVectorsAsync(
            shown.Client, ("anna", "a", [1, 2, 3, 4]), ("p1", "b", [4, 3, 2, 1]), ("p12", "c", [4, 3, 1, 1]));
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");
        await window.Button("Merge identity").ClickAsync();
        ILocator field = window.Page.GetByLabel("Id of the identity that gets them");
        await field.FillAsync("p1");
        await window.Button("Merge into 'p1'").WaitForAsync();

        using (HeldRequests held = shown.Hold("GET", "/identities"))
        {
            await field.PressAsync("End");
            await field.PressAsync("2");
            await field.PressAsync("Enter");
            await held.Arrived;
            await Assertions.Expect(window.Button("Merge")).ToBeDisabledAsync();
            Assert.Equal("a", await OwnGallery.ImagesAsync(shown.Client, gallery, "anna"));
        }

        await window.Button("Merge into 'p12'").ClickAsync();
        await window.ShowsIdentityAsync("p12");
        Assert.Equal("b", await OwnGallery.ImagesAsync(shown.Client, gallery, "p1"));
        Assert.Equal("a c", await OwnGallery.ImagesAsync(shown.Client, gallery, "p12"));
    }

    [Fact]
    public async Task Page_AnswerOfTheIdentityBefore_IsNotShown()
    {
        string gallery = await AnnaAndBobAsync();
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        using (HeldRequests held = shown.Hold("GET", "/identities/bob/images"))
        {
            await GoOnAsync(window, gallery, "bob");
            await held.Arrived;
            await GoOnAsync(window, gallery, "anna");
            await window.ShowsIdentityAsync("anna");
        }

        await SettleAsync();
        await window.Button("Erase image a2").WaitForAsync();
        Assert.Equal(0, await window.Button("Erase image b1").CountAsync());
    }

    [Fact]
    public async Task Delete_OfTheIdentityBefore_IsNotSaidOfTheOneThatIsShown()
    {
        string gallery = await AnnaAndBobAsync();
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        using (HeldRequests held = shown.Hold("DELETE", "/identities/anna"))
        {
            await window.Button("Delete identity").ClickAsync();
            await window.Button("Delete for good").ClickAsync();
            await held.Arrived;
            await GoOnAsync(window, gallery, "bob");
            await window.ShowsIdentityAsync("bob");
        }

        await GoneAsync(gallery, "anna");
        await SettleAsync();
        await window.Button("Erase image b1").WaitForAsync();
        Assert.Equal(0, await window.Page.Locator(".receipt").CountAsync());
        Assert.Equal("b1", await OwnGallery.ImagesAsync(shown.Client, gallery, "bob"));
    }

    [Fact]
    public async Task Delete_EndedWhenAnotherIsAskedAbout_KeepsThatDialogOpen()
    {
        string gallery = await AnnaAndBobAsync();
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        using (HeldRequests held = shown.Hold("DELETE", "/images/a1"))
        {
            await window.Button("Delete image a1").ClickAsync();
            await window.Button("Delete for good").ClickAsync();
            await held.Arrived;
            await window.Button("Close").ClickAsync();
            await window.Button("Delete image a2").ClickAsync();
            await window.Button("Cancel").WaitForAsync();
        }

        await window.Page.Locator(".receipt").WaitForAsync();
        await SettleAsync();
        Assert.Equal("a2", await window.Page.Locator(".mud-dialog code").InnerTextAsync());
        Assert.Equal("a2", await OwnGallery.ImagesAsync(shown.Client, gallery, "anna"));
        await window.Button("Delete for good").ClickAsync();
        await window.Link("The gallery's other identities").WaitForAsync();
    }

    [Fact]
    public async Task Erase_IdentityThatGotAnImageMeanwhile_ShowsIt()
    {
        string gallery = await AnnaAndBobAsync();
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        await window.Button("Erase identity").ClickAsync();
        using (HeldRequests held = shown.Hold("GET", "/identities/anna/images"))
        {
            await window.Button("Erase for good").ClickAsync();
            await held.Arrived;
            await shown.Client.EnrolAsync(
                gallery, "anna", new EnrolImageRequest { ImageId = "a3", Vector = [0, 1, 0, 1] }, Cancelled);
        }

        await window.Button("Erase image a3").WaitForAsync();
        await window.Text("The identity was erased: 2 images, of which nothing is left.").WaitForAsync();
    }

    private static async Task GoOnAsync(BrowserWindow window, string gallery, string identity) =>
        await window.Page.EvaluateAsync("address => Blazor.navigateTo(address)", OwnGallery.PageOf(gallery, identity));

    // What must not be shown has its time to come.
    private static Task SettleAsync() => Task.Delay(TimeSpan.FromMilliseconds(700), Cancelled);

    private Task<string> AnnaAndBobAsync() => OwnGallery.OfVectorsAsync(
        shown.Client, ("anna", "a1", [1, 2, 3, 4]), ("anna", "a2", [1, 2, 4, 4]), ("bob", "b1", [4, 3, 2, 1]));

    private async Task GoneAsync(string gallery, string identity)
    {
        for (int i = 0; i < 100; i++)
        {
            try
            {
                await shown.Client.GetIdentityAsync(gallery, identity, Cancelled);
            }
            catch (GalleryApiException exception) when (exception.Code == ErrorCodes.IdentityNotFound)
            {
                return;
            }

            await Task.Delay(50, Cancelled);
        }

        Assert.Fail($"'{identity}' is still there.");
    }
}

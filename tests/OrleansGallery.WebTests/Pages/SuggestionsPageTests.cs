using Microsoft.Playwright;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>Pairs that may be one: searched for, merged, undone, put aside.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class SuggestionsPageTests(ShownPage shown)
{
    private static readonly (string, string, float[])[] Doubles =
    [
        ("anna", "a1", [3, 1, 0, 0]), ("anna twice", "a2", [3, 1.2f, 0, 0]), ("bob", "b1", [0, 0, 3, 1]),
        ("bob twice", "b2", [0, 0, 3, 1.4f]), ("carl", "c1", [0, 3, 0, -3]),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_SearchedAndMergedAndUndone_ShowsWhatIsLeft()
    {
        Chromium.Require();
        string gallery = await OwnGallery.OfPicturesAsync(shown, "mug", "cup", "teapot");
        await using BrowserWindow window =
            await shown.OpenAsync($"/identities?gallery={Uri.EscapeDataString(gallery)}");
        await window.Link("Similar identities").ClickAsync();
        await window.Text("Not searched yet").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "suggestions-none", fullPage: true);

        await window.Button("Search").PressAsync("Enter");

        ILocator cards = window.List("Pairs that may be one").Locator("> li");
        await cards.First.WaitForAsync();
        Assert.Equal(3, await cards.CountAsync());
        await cards.First.Locator("img").First.WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "suggestions-desktop", fullPage: true);
        await cards.First.GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { Name = "Merge" }).PressAsync("Enter");
        await window.Page.Locator(".mud-dialog .side").Nth(1).WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "suggestions-merge", fullPage: true);
        await window.Page.Locator(".mud-dialog").GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { Name = "Merge into" }).PressAsync("Enter");

        await window.Page.Locator(".undo").WaitForAsync();
        await window.Text("Identities changed since.").WaitForAsync();
        Assert.Equal(1, await cards.CountAsync());
        await window.Button("Undo").ClickAsync();
        await window.Text("Undone: 3 images went back").WaitForAsync();
        await window.Page.WaitForFunctionAsync("() => document.querySelectorAll('.suggestions > li').length === 3");
        await window.Page.SetViewportSizeAsync(390, 800);
        await Screenshots.KeepAsync(window.Page, "suggestions-phone", fullPage: true);
        Assert.True(await window.Page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Page_APairPutAside_IsSaidAndTakenBack()
    {
        Chromium.Require();
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, Doubles);
        await shown.Client.RefreshSuggestionsAsync(
            gallery, new RefreshSuggestionsRequest { MinScore = 0.9 }, cancellationToken: Cancelled);
        await using BrowserWindow window = await OpenAsync(gallery);
        ILocator cards = window.Page.Locator(".suggestions > li");
        await cards.First.WaitForAsync();
        Assert.Equal(2, await cards.CountAsync());
        Assert.Equal(2, await window.Text("Each is the other's nearest.").CountAsync());

        await window.Button("Not the same: anna and anna twice").PressAsync("Enter");

        await window.Text("'anna' and 'anna twice' are put aside as not the same.").WaitForAsync();
        await window.HasFocusAsync(window.Page.Locator(".notice"));
        Assert.Equal(1, await cards.CountAsync());
        await Screenshots.KeepAsync(window.Page, "suggestions-aside", fullPage: true);
        await window.Button("Not the same (1)").ClickAsync();
        await window.Button("Take back: anna and anna twice").ClickAsync();
        await window.Text("suggested again").WaitForAsync();
        await window.Text("No pair was put aside").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "suggestions-not-the-same", fullPage: true);
        await window.Button("Back to the suggestions").ClickAsync();
        await window.Button("Merge anna and anna twice").WaitForAsync();
        Assert.Equal(2, await cards.CountAsync());
    }

    [Fact]
    public async Task Page_NothingNear_SaysSo()
    {
        Chromium.Require();
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, Doubles[0], Doubles[2]);
        await shown.Client.RefreshSuggestionsAsync(
            gallery, new RefreshSuggestionsRequest { MinScore = 0.9 }, cancellationToken: Cancelled);
        await using BrowserWindow window = await OpenAsync(gallery);

        await window.Text("No pair is near enough").WaitForAsync();
        await window.Text("a score of 0.9000 or more").First.WaitForAsync();
    }

    [Fact]
    public async Task Page_GalleryThatIsNot_SaysSo()
    {
        Chromium.Require();
        await using BrowserWindow window = await OpenAsync("nobody");

        await window.Text("There is no such gallery").WaitForAsync();
    }

    [Fact]
    public async Task Page_KeyThatMayOnlyRead_OffersNothingToPress()
    {
        Chromium.Require();
        await using OwnService service = await OwnService.StartAsync("required");
        using GalleryClient admin = service.Client.WithKey(await service.MakeKeyAsync(KeyRole.Admin));
        string gallery = await OwnGallery.OfVectorsAsync(admin, Doubles);
        await admin.RefreshSuggestionsAsync(
            gallery, new RefreshSuggestionsRequest { MinScore = 0.9 }, cancellationToken: Cancelled);
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", url: service.Url);
        await window.SignInAsync(await service.MakeKeyAsync(KeyRole.Read));

        await window.GoAsync(AddressOf(gallery));

        await window.Text("It takes a key of the role write").WaitForAsync();
        await window.Text("Each is the other's nearest.").First.WaitForAsync();
        Assert.Equal(0, await window.Page.Locator("main").GetByRole(AriaRole.Button).CountAsync());
        await Screenshots.KeepAsync(window.Page, "suggestions-read", fullPage: true);
    }

    [Fact]
    public async Task Page_AnswersThatComeWhenAnotherGalleryIsShown_AreNotShownThere()
    {
        Chromium.Require();
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, Doubles);
        string other = await OwnGallery.OfVectorsAsync(shown.Client, Doubles);
        await shown.Client.RefreshSuggestionsAsync(
            gallery, new RefreshSuggestionsRequest { MinScore = 0.9 }, cancellationToken: Cancelled);
        await using BrowserWindow window = await OpenAsync(gallery);

        using (HeldRequests search = shown.Hold("POST", "/suggestions:refresh"))
        {
            await window.Button("Search again").ClickAsync();
            await search.Arrived;
            using HeldRequests list = shown.Hold("GET", $"/{other}/suggestions");
            await GoOnAsync(window, other);
            await list.Arrived;
            search.Dispose();
            await SettleAsync();
        }

        await window.Text("Not searched yet").WaitForAsync();
        await GoOnAsync(window, gallery);
        using (HeldRequests dismiss = shown.Hold("POST", "/suggestions:dismiss"))
        {
            await window.Button("Not the same: anna and anna twice").ClickAsync();
            await dismiss.Arrived;
            await GoOnAsync(window, other);
            await window.Text("Not searched yet").WaitForAsync();
        }

        await SettleAsync();
        await window.Text("Not searched yet").WaitForAsync();
        Assert.Equal(0, await window.Page.Locator(".notice").CountAsync());
        Assert.Empty(window.Faults);
    }

    [Fact]
    public async Task Page_PutAsideIdentityIsGone_SaysSoAndTakesItBack()
    {
        Chromium.Require();
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, Doubles);
        await shown.Client.DismissSuggestionAsync(gallery, "bob", "bob twice", Cancelled);
        await shown.Client.DeleteIdentityAsync(gallery, "bob", Cancelled);
        await using BrowserWindow window = await OpenAsync(gallery);

        await window.Button("Not the same (1)").ClickAsync();
        await window.Text("It is not there any more.").WaitForAsync();
        await window.Button("Take back: bob and bob twice").ClickAsync();

        await window.Text("No pair was put aside").WaitForAsync();
    }

    // What must not be shown has its time to come.
    private static Task SettleAsync() => Task.Delay(TimeSpan.FromMilliseconds(700), Cancelled);

    private static async Task GoOnAsync(BrowserWindow window, string gallery) =>
        await window.Page.EvaluateAsync("address => Blazor.navigateTo(address)", AddressOf(gallery));

    private static string AddressOf(string gallery) => $"/suggestions?gallery={Uri.EscapeDataString(gallery)}";

    private Task<BrowserWindow> OpenAsync(string gallery) => shown.OpenAsync(AddressOf(gallery));
}

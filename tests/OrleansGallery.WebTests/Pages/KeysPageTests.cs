using Microsoft.Playwright;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class KeysPageTests(ShownPage shown, KeyedPage keyed) : IClassFixture<KeyedPage>
{
    private const string Markup = "<img src=x onerror=\"document.title='driven'\"> & door";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_MadeAndRevoked_IsShownOnce_WorksAndThenDoesNot()
    {
        await using BrowserWindow window = await OpenAsync();
        await window.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await window.Button("New key").ClickAsync();
        await window.Page.GetByLabel("Name").FillAsync(Markup);
        await window.Page.GetByLabel("Role").SelectOptionAsync("Write");
        await window.Page.GetByLabel("Some of them").CheckAsync();
        await window.Page.GetByLabel(KeyedPage.People, new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await window.Page.GetByLabel("Ends on (optional)").FillAsync("2099-06-30");
        await window.Page.GetByLabel("Requests per second").FillAsync("500");
        await window.Page.GetByLabel("Requests at once").FillAsync("7");
        await Screenshots.KeepAsync(window.Page, "new-key-filled");
        await window.Button("Make the key").ClickAsync();

        ILocator field = window.Page.GetByLabel("The new key");
        string key = await field.InputValueAsync();
        Assert.Matches("^gk_[0-9a-f]{16}_[0-9a-f]{64}$", key);
        await window.Text("It is shown this once.").WaitForAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await window.Button("Copy").ClickAsync();
        await window.Text("Copied.").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "made-key-desktop");
        Assert.Equal(key, await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await window.Button("I have kept it").ClickAsync();
        await field.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await window.HasFocusAsync(window.Button("New key"));
        Assert.DoesNotContain(key, await window.Page.ContentAsync(), StringComparison.Ordinal);

        using GalleryClient holder = keyed.With(key);
        KeyResponse own = (await holder.GetOwnKeyAsync(Cancelled)).Key!;
        Assert.Equal((Markup, KeyRole.Write, 500, 7), (own.Name, own.Role, own.RequestsPerSecond, own.MaxConcurrent));
        Assert.Equal([KeyedPage.People], own.Galleries);
        Assert.Equal(new DateTimeOffset(2099, 6, 30, 0, 0, 0, TimeSpan.Zero), own.ExpiresAt);
        await holder.EnrolAsync(
            KeyedPage.People, "bob", new EnrolImageRequest { Vector = [4, 3, 2, 1] }, Cancelled);
        ILocator card = CardOf(window, own);
        Assert.Equal(Markup, await card.Locator("h2").TextContentAsync());
        Assert.Equal(0, await window.Page.Locator("main img").CountAsync());
        string text = await card.InnerTextAsync();
        Assert.All(
            (string[])["active", "write", "500", "7", KeyedPage.People, "ends 2099-06-30 00:00:00 UTC"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));

        await window.Button($"Revoke {Markup}").ClickAsync();
        await window.Text($"Revoke '{Markup}'?").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "revoke-key-desktop");
        await window.Button("Revoke for good").ClickAsync();

        await window.Text("is revoked; a few seconds from now").WaitForAsync();
        await window.HasFocusAsync(window.Page.Locator(".notice"));
        Assert.Equal("Keys - OrleansGallery", await window.Page.EvaluateAsync<string>("document.title"));
        GalleryApiException refused =
            await Assert.ThrowsAsync<GalleryApiException>(() => holder.GetOwnKeyAsync(Cancelled));
        Assert.Equal(401, refused.Status);
        await card.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await window.Page.GetByLabel("Show revoked keys").CheckAsync();
        await card.WaitForAsync();
        Assert.Contains("revoked", await card.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await card.GetByRole(AriaRole.Button).CountAsync());
    }

    [Fact]
    public async Task New_WithoutANameOrGalleries_SaysWhatIsMissing_AndMakesNone()
    {
        await using BrowserWindow window = await OpenAsync();
        int before = (await keyed.Admin.ListKeysAsync(true, Cancelled)).Count;
        await window.Button("New key").ClickAsync();

        ILocator name = await window.TypeAsync("Name", " ");
        await name.PressAsync("Enter");
        await window.Text("The key needs a name.").WaitForAsync();
        await name.FillAsync("some");
        await window.Page.GetByLabel("Some of them").CheckAsync();
        await name.PressAsync("Enter");
        await window.Text("Choose the galleries that it is to be good for, or all.").WaitForAsync();
        await window.Page.Keyboard.PressAsync("Escape");

        await window.HasFocusAsync(window.Button("New key"));
        Assert.Equal(before, (await keyed.Admin.ListKeysAsync(true, Cancelled)).Count);
    }

    [Fact]
    public async Task Revoke_Cancelled_KeepsTheKeyAndTheFocus()
    {
        await keyed.MakeKeyAsync(new CreateKeyRequest { Name = "kept", Role = KeyRole.Read }, DateTimeOffset.UtcNow);
        await using BrowserWindow window = await OpenAsync();

        await window.Button("Revoke kept").ClickAsync();
        await window.Button("Cancel").ClickAsync();

        await window.HasFocusAsync(window.Button("Revoke kept"));
        Assert.Contains(
            await keyed.Admin.ListKeysAsync(cancellationToken: Cancelled), key => key.Name == "kept");
    }

    [Fact]
    public async Task List_OfAKeyThatIsOver_AndOfTheVisitorsOwn_SaysSo()
    {
        await keyed.MakeKeyAsync(
            new CreateKeyRequest { Name = "over", Role = KeyRole.Read, ExpiresAt = DateTimeOffset.UtcNow.AddDays(-1) },
            DateTimeOffset.UtcNow.AddDays(-2));
        await using BrowserWindow window = await OpenAsync("mine");

        ILocator over = window.Page.Locator(".card", new PageLocatorOptions { HasText = "over" }).First;
        ILocator mine = window.Page.Locator(".card", new PageLocatorOptions { HasText = "Your key" });
        Assert.Contains("expired", await over.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("mine", await mine.Locator("h2").InnerTextAsync());

        await window.Button("Revoke mine").ClickAsync();
        await window.Text("It is the key that you are signed in with.").WaitForAsync();
        await window.Button("Revoke for good").ClickAsync();

        await window.Text("It was yours:").WaitForAsync();
        await window.Link("sign in with another one").ClickAsync();
        await window.Text("Sign in with another key").WaitForAsync();
    }

    [Fact]
    public async Task Page_WhereNoKeysAreAskedFor_SaysSo_AndMakesOnesForLater()
    {
        await using BrowserWindow window = await shown.OpenAsync("/keys");
        await window.Text("This service asks for no keys").WaitForAsync();

        await window.Button("New key").ClickAsync();
        ILocator name = await window.TypeAsync("Name", "later");
        await name.PressAsync("Enter");
        ILocator made = window.Page.GetByLabel("The new key");
        string key = await made.InputValueAsync();
        await window.Button("I have kept it").ClickAsync();
        await window.Button("Revoke later").WaitForAsync();

        KeyResponse kept = Assert.Single(
            await shown.Client.ListKeysAsync(cancellationToken: Cancelled), each => each.Name == "later");
        Assert.StartsWith($"gk_{kept.Id}_", key, StringComparison.Ordinal);
        Assert.Equal((KeyRole.Read, null), (kept.Role, kept.Galleries));
        await shown.Client.RevokeKeyAsync(kept.Id, Cancelled);
    }

    private static ILocator CardOf(BrowserWindow window, KeyResponse key) =>
        window.Page.Locator(".card", new PageLocatorOptions { HasText = key.Id });

    private async Task<BrowserWindow> OpenAsync(string name = "page admin")
    {
        Chromium.Require();
        BrowserWindow window = await shown.OpenAsync("/sign-in", url: keyed.Url);
        await window.SignInAsync(await keyed.MakeKeyAsync(
            new CreateKeyRequest { Name = name, Role = KeyRole.Admin }, DateTimeOffset.UtcNow));
        await window.Link("Keys").ClickAsync();
        await window.Page.Locator(".card").First.WaitForAsync();
        await window.Button("New key").WaitForAsync();
        return window;
    }
}

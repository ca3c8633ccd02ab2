using Microsoft.Playwright;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Access;

/// <summary>What each page offers to visitors with keys of each role, and to everybody where there are none.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class AllowedTests(ShownPage shown, KeyedPage keyed) : IClassFixture<KeyedPage>
{
    private const string Refused = "Your key is not good for this";
    private const string Folder = "Choose a folder";

    private static readonly string IdentityPath = $"/identity?gallery={KeyedPage.People}&id={KeyedPage.Identity}";

    // Page, what tells that it is drawn, what is offered there, and the least role that it is offered to.
    private static readonly (string Path, string DrawnWhen, AriaRole Kind, string Name, KeyRole Role)[] Offers =
    [
        ("/", ".card", AriaRole.Button, "New gallery", KeyRole.Admin),
        ("/", ".card", AriaRole.Button, $"Delete gallery {KeyedPage.People}", KeyRole.Admin),
        ("/", ".card", AriaRole.Link, $"Search in {KeyedPage.People}", KeyRole.Read),
        ("/", ".card", AriaRole.Link, $"Enrol in {KeyedPage.People}", KeyRole.Write),
        ("/", ".card", AriaRole.Link, "Enrol", KeyRole.Write),
        ("/", ".card", AriaRole.Link, "Keys", KeyRole.Admin),
        ($"/identities?gallery={KeyedPage.People}", ".rows li", AriaRole.Link, "Search", KeyRole.Read),
        ($"/gallery?gallery={KeyedPage.People}", ".facts", AriaRole.Button, "Verify", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Button, "Delete identity", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Button, "Erase identity", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Button, "Rename identity", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Button, "Merge identity", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Button, "Delete image first", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Button, "Erase image first", KeyRole.Write),
        (IdentityPath, ".tiles li", AriaRole.Checkbox, "Choose image first", KeyRole.Write),
        ($"/search?gallery={Uri.EscapeDataString(KeyedPage.Nobody)}", "text=Nobody to find yet", AriaRole.Link,
            "Enrol images", KeyRole.Write),
        ($"/enrol?gallery={Uri.EscapeDataString(KeyedPage.Nobody)}", "h1:text('Enrol')", AriaRole.Button,
            Folder, KeyRole.Write),
        ("/keys", "h1:text('Keys')", AriaRole.Button, "New key", KeyRole.Admin),
    ];

    [Theory]
    [InlineData(KeyRole.Read)]
    [InlineData(KeyRole.Write)]
    [InlineData(KeyRole.Admin)]
    public async Task Pages_WithAKey_OfferWhatItMay(KeyRole role)
    {
        Chromium.Require();
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", url: keyed.Url);
        await window.SignInAsync(await keyed.MakeKeyAsync(role));

        await CheckOffersAsync(window, role);
    }

    [Fact]
    public async Task Pages_WhereNoKeysAreAskedFor_OfferEverything()
    {
        Chromium.Require();
        await using OwnService service = await OwnService.StartAsync();
        await KeyedPage.FillAsync(service.Client);
        await using BrowserWindow window = await shown.OpenAsync("/", url: service.Url);

        await CheckOffersAsync(window, KeyRole.Admin);
    }

    [Theory]
    [InlineData("/enrol", KeyRole.Read, "This takes a key of the role write; yours, 'Read', has the role read.")]
    [InlineData("/keys", KeyRole.Read, "This takes a key of the role admin; yours, 'Read', has the role read.")]
    [InlineData("/keys", KeyRole.Write, "This takes a key of the role admin; yours, 'Write', has the role write.")]
    public async Task Page_ReachedByItsAddress_SaysWhyItIsNotForThisKey(string path, KeyRole role, string reason)
    {
        Chromium.Require();
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", url: keyed.Url);
        await window.SignInAsync(await keyed.MakeKeyAsync(role));

        await window.GoAsync(path);

        await window.Text(reason).WaitForAsync();
        await window.Text(Refused).WaitForAsync();
        await Screenshots.KeepAsync(window.Page, $"refused-{path[1..]}-{role}");
        await window.Link("Sign in with another key").ClickAsync();
        await window.Page.Locator("input[type=password]").WaitForAsync();
        await window.SendKeyAsync(await keyed.MakeKeyAsync(KeyRole.Admin));
        await window.Page.Locator(path == "/keys" ? ".cards li" : ".choice").First.WaitForAsync();
        Assert.Equal(path, new Uri(window.Page.Url).AbsolutePath);
        Assert.Equal(0, await window.Text(Refused).CountAsync());
    }

    [Theory]
    [InlineData("/search?gallery=people")]
    [InlineData("/enrol?gallery=people")]
    [InlineData("/identities?gallery=people")]
    [InlineData("/gallery?gallery=people")]
    [InlineData("/identity?gallery=people&id=anna")]
    public async Task Page_OfAGalleryThatTheKeyIsNotGoodFor_SaysSo(string path)
    {
        Chromium.Require();
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", url: keyed.Url);
        await window.SignInAsync(await keyed.MakeKeyAsync(KeyRole.Admin, KeyedPage.Nobody));

        await window.GoAsync(path);

        await window.Text("Your key, 'Admin', is not good for the gallery 'people'.").WaitForAsync();
        await window.Link("Galleries").First.ClickAsync();
        await window.Link("Search in " + KeyedPage.Nobody).WaitForAsync();
        Assert.Equal(0, await window.Link("Search in people").CountAsync());
        // It is an administrator's, and makes no keys all the same.
        Assert.Equal(0, await window.Link("Keys").CountAsync());
        await window.GoAsync("/keys");
        await window.Text("This takes a key that is good for all galleries").WaitForAsync();
    }

    [Fact]
    public async Task Action_WithAKeyThatWasRevokedMeanwhile_SaysSoInItsDialog()
    {
        Chromium.Require();
        string text = await keyed.MakeKeyAsync(KeyRole.Write);
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", url: keyed.Url);
        await window.SignInAsync(text);
        await window.GoAsync(IdentityPath);
        await window.Page.Locator(".shares").First.WaitForAsync();
        await keyed.Admin.RevokeKeyAsync(text.Split('_')[1], TestContext.Current.CancellationToken);

        await window.Button("Rename identity").ClickAsync();
        ILocator field = window.Page.GetByLabel("New id");
        await field.FillAsync("carl");
        await field.PressAsync("Enter");

        ILocator dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("The service asks for a key").WaitForAsync();
        await dialog.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Sign in" }).WaitForAsync();
        Assert.Equal("carl", await field.InputValueAsync());
        await window.Button("Cancel").ClickAsync();
        Assert.Equal(1, (await keyed.Admin.GetIdentityAsync(
            KeyedPage.People, KeyedPage.Identity, TestContext.Current.CancellationToken)).Count);
    }

    private static async Task CheckOffersAsync(BrowserWindow window, KeyRole role)
    {
        // From a page that waits until it is known what the key may do; within one circuit it is known from then on.
        await window.GoAsync("/search");
        await window.Page.Locator(".choice").WaitForAsync();
        foreach (var page in Offers.GroupBy(offer => (offer.Path, offer.DrawnWhen)))
        {
            await window.Page.EvaluateAsync("path => Blazor.navigateTo(path)", page.Key.Path);
            await window.Page.Locator(page.Key.DrawnWhen).First.WaitForAsync();
            foreach ((string path, _, AriaRole kind, string name, KeyRole least) in page)
            {
                ILocator offer = name == Folder
                    ? window.Page.GetByLabel(name)
                    : window.Page.GetByRole(kind, new PageGetByRoleOptions { Name = name, Exact = true });
                if (role >= least)
                {
                    await offer.First.WaitForAsync(
                        new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
                }
                else
                {
                    Assert.Equal((path, name, 0), (path, name, await offer.CountAsync()));
                }
            }

            bool isForOthers = page.Key.DrawnWhen.StartsWith("h1", StringComparison.Ordinal)
                && page.All(offer => offer.Role > role);
            Assert.Equal(
                (page.Key.Path, isForOthers), (page.Key.Path, await window.Text(Refused).CountAsync() > 0));
        }
    }
}

using Microsoft.Playwright;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>What holds of all pages. The variable <c>GALLERY_SCREENSHOTS</c> names a folder for pictures of
/// them.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class EveryPageTests(ShownPage shown, KeyedPage keyed) : IClassFixture<KeyedPage>
{
    private static readonly BrowserNewContextOptions Desktop = new()
    {
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light,
    };

    private static readonly BrowserNewContextOptions Dark = new()
    {
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Dark,
    };

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    [InlineData("dark")]
    [InlineData("small-phone")]
    public async Task Pages_OnEveryScreen_FitAndNameWhatCanBePressed(string screen)
    {
        BrowserNewContextOptions options = ScreenOf(screen);
        string product = Uri.EscapeDataString(shown.Queries.Count > 0 ? shown.Queries[0].Product : string.Empty);
        await using BrowserWindow window = await shown.OpenAsync("/", options);
        await CheckAsync(window, screen, "galleries", ".card");
        await window.Button("New gallery").ClickAsync();
        await CheckAsync(window, screen, "new-gallery", ".mud-dialog");
        await window.GoAsync("/search?gallery=products");
        await window.Page.Locator(".zone[data-listens]").WaitForAsync();
        await window.Page.GetByLabel("Choose a picture").SetInputFilesAsync(
            new FilePayload { Name = "query.jpg", MimeType = "image/jpeg", Buffer = shown.Queries[0].File });
        await CheckAsync(window, screen, "search", ".matches li");
        await window.GoAsync("/identities?gallery=products");
        await CheckAsync(window, screen, "identities", ".rows li");
        await window.GoAsync($"/identity?gallery=products&id={product}");
        await window.Page.Locator(".shares").First.WaitForAsync();
        await CheckAsync(window, screen, "identity", ".tiles li");
        await window.Button("Rename identity").ClickAsync();
        await CheckAsync(window, screen, "rename", ".mud-dialog");
        await window.Button("Cancel").ClickAsync();
        await window.Button("Split identity").ClickAsync();
        await CheckAsync(window, screen, "split", ".swap");
        await window.Button("Cancel").ClickAsync();
        await window.Button("Merge identity").ClickAsync();
        await window.Page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await CheckAsync(window, screen, "merge", ".side img");
        await window.GoAsync("/gallery?gallery=products");
        await window.Page.Locator(".figures").WaitForAsync();
        await CheckAsync(window, screen, "gallery", ".facts");
        await window.GoAsync("/suggestions?gallery=products");
        await CheckAsync(window, screen, "suggestions", ".empty");
        await window.GoAsync("/enrol?gallery=products");
        await CheckAsync(window, screen, "enrol", ".zone[data-listens]");
        await window.GoAsync("/cluster");
        await CheckAsync(window, screen, "cluster", ".card");
        await window.GoAsync($"/search?gallery={Uri.EscapeDataString(ShownPage.Vectors)}");
        await CheckAsync(window, screen, "no-model", ".empty");
        await window.GoAsync("/not-found");
        await CheckAsync(window, screen, "no-page", "text=There is no such page");
    }

    [Theory]
    [InlineData("desktop")]
    [InlineData("dark")]
    [InlineData("phone")]
    [InlineData("dark-phone")]
    public async Task PagesOfKeys_OnEveryScreen_FitAndNameWhatCanBePressed(string screen)
    {
        Chromium.Require();
        BrowserNewContextOptions options = ScreenOf(screen);
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", options, keyed.Url);
        await CheckAsync(window, screen, "sign-in", "form");
        await window.SignInAsync(await keyed.MakeKeyAsync(KeyRole.Admin));
        await keyed.MakeKeyAsync(new CreateKeyRequest
        {
            Name = "entrance camera", Role = KeyRole.Write, Galleries = [KeyedPage.People, new string('w', 100)],
            RequestsPerSecond = 50, ExpiresAt = DateTimeOffset.UtcNow.AddDays(90),
        }, DateTimeOffset.UtcNow);
        await window.GoAsync("/keys");
        await window.Text("entrance camera").First.WaitForAsync();
        await CheckAsync(window, screen, "keys", ".card");
        await window.Button("New key").ClickAsync();
        await window.Page.GetByLabel("Name").FillAsync("shop");
        await window.Page.GetByLabel("Some of them").CheckAsync();
        await window.Page.GetByLabel(KeyedPage.Nobody).CheckAsync();
        await CheckAsync(window, screen, "new-key", ".pick ul");
        await window.Button("Make the key").ClickAsync();
        await CheckAsync(window, screen, "made-key", ".secret");
        await window.Button("I have kept it").ClickAsync();
        await window.Button("Revoke shop").First.ClickAsync();
        await CheckAsync(window, screen, "revoke-key", ".mud-dialog");
        await window.Button("Revoke for good").ClickAsync();
        await CheckAsync(window, screen, "revoked-key", ".notice");
        await window.GoAsync($"/identity?gallery={KeyedPage.People}&id={KeyedPage.Identity}");
        await window.Button("Erase identity").ClickAsync();
        await CheckAsync(window, screen, "erase", ".mud-dialog");
        await window.SignInAsync(await keyed.MakeKeyAsync(KeyRole.Read));
        await CheckAsync(window, screen, "read-galleries", ".card");
        await window.GoAsync("/keys");
        await CheckAsync(window, screen, "refused", ".empty");
    }

    [Fact]
    public async Task Cluster_OneSilo_SaysThatItIsAlone()
    {
        await using BrowserWindow window = await shown.OpenAsync("/cluster");

        await window.Text("is alone: it holds everything").WaitForAsync();
        await window.Text("No partition is being moved.").WaitForAsync();
    }

    [Fact]
    public async Task Colours_ChangedByHand_AreKept()
    {
        await using BrowserWindow window = await shown.OpenAsync("/", Desktop);
        await window.Button("Dark colours").ClickAsync();
        await window.Button("Light colours").WaitForAsync();

        await window.Page.ReloadAsync();

        await window.Button("Light colours").WaitForAsync();
        Assert.Equal("dark", await window.Page.EvaluateAsync<string>("document.documentElement.dataset.colours"));
    }

    [Fact]
    public async Task Keyboard_FromTheTop_SkipsToTheContentAndReachesEveryPage()
    {
        await using BrowserWindow window = await shown.OpenAsync("/");
        await window.Page.Locator(".card").First.WaitForAsync();
        await HeadingHasFocusAsync(window, "Galleries");

        await window.Link("Cluster").PressAsync("Enter");

        await window.Text("No partition is being moved.").WaitForAsync();
        await HeadingHasFocusAsync(window, "Cluster");
    }

    private static BrowserNewContextOptions ScreenOf(string name) => name switch
    {
        "desktop" => Desktop,
        "dark" => Dark,
        "phone" => Phone(390, ColorScheme.Light),
        "dark-phone" => Phone(390, ColorScheme.Dark),
        "small-phone" => Phone(360, ColorScheme.Dark),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No screen."),
    };

    private static BrowserNewContextOptions Phone(int width, ColorScheme colours) => new()
    {
        ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours,
        HasTouch = true, IsMobile = true, DeviceScaleFactor = 2,
    };

    // It gets it after every navigation, a moment after it is drawn.
    private static async Task HeadingHasFocusAsync(BrowserWindow window, string heading) =>
        await window.Page.WaitForFunctionAsync(
            "heading => document.activeElement.tagName === 'H1' && document.activeElement.textContent === heading",
            heading);

    private static async Task CheckAsync(BrowserWindow window, string screen, string name, string shownWhen)
    {
        await window.Page.Locator(shownWhen).First.WaitForAsync();
        await Screenshots.KeepAsync(window.Page, $"{name}-{screen}", fullPage: true);
        int[] widths = await window.Page.EvaluateAsync<int[]>(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{name} is {widths[0]} wide on a screen of {widths[1]}.");
        // What is scrolled away is as good as gone.
        Assert.Equal((name, ""), (name, string.Join("\n", await window.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('header.bar a, header.bar button')]
                .filter(e => e.getBoundingClientRect().left < 0 || e.getBoundingClientRect().right > innerWidth)
                .map(e => e.outerHTML.slice(0, 200))
            """))));
        Assert.Equal((name, ""), (name, string.Join("\n", await window.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.mud-button')].filter(e => e.offsetParent).map(e => {
                const nodes = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
                while (nodes.nextNode() && !nodes.currentNode.data.trim());
                const text = document.createRange();
                text.selectNodeContents(nodes.currentNode);
                const [outer, inner] = [e, text].map(each => each.getBoundingClientRect());
                const off = inner.top + inner.height / 2 - outer.top - outer.height / 2;
                return Math.abs(off) > 1 ? `${e.innerText} stands ${off} off its button's middle` : '';
            }).filter(text => text)
            """))));
        string[] nameless = await window.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('button, a, input, select')]
                .filter(e => e.offsetParent && !e.closest('[inert]'))
                .filter(e => !(e.getAttribute('aria-label') || e.innerText?.trim() || e.title || e.labels?.length))
                .map(e => e.outerHTML.slice(0, 200))
            """);
        Assert.Equal((name, ""), (name, string.Join("\n", nameless)));
    }
}

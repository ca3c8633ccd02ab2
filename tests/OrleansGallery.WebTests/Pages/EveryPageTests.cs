using Microsoft.Playwright;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>What holds of all pages. The variable <c>GALLERY_SCREENSHOTS</c> names a folder for pictures of
/// them.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class EveryPageTests(ShownPage shown)
{
    private static readonly BrowserNewContextOptions Desktop = new()
    {
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light,
    };

    private static readonly BrowserNewContextOptions Dark = new()
    {
        ViewportSize = new ViewportSize { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Dark,
    };

    private static readonly BrowserNewContextOptions Phone = new()
    {
        ViewportSize = new ViewportSize { Width = 360, Height = 740 }, ColorScheme = ColorScheme.Light,
        HasTouch = true, IsMobile = true, DeviceScaleFactor = 2,
    };

    [Theory]
    [InlineData("desktop")]
    [InlineData("phone")]
    [InlineData("dark")]
    public async Task Pages_OnEveryScreen_FitAndNameWhatCanBePressed(string screen)
    {
        BrowserNewContextOptions options = screen switch { "desktop" => Desktop, "dark" => Dark, _ => Phone };
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
        await CheckAsync(window, screen, "identity", ".tiles li");
        await window.GoAsync("/enrol?gallery=products");
        await CheckAsync(window, screen, "enrol", ".zone[data-listens]");
        await window.GoAsync("/cluster");
        await CheckAsync(window, screen, "cluster", ".card");
        await window.GoAsync($"/search?gallery={Uri.EscapeDataString(ShownPage.Vectors)}");
        await CheckAsync(window, screen, "no-model", ".empty");
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

using Microsoft.Playwright;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>One window of the browser. What it reports as an error, and every request to another host, fails the
/// test.</summary>
internal sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _url;
    private readonly List<string> _faults = [];

    private BrowserWindow(IBrowserContext context, IPage page, Uri url)
    {
        (_context, Page, _url) = (context, page, url);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _faults.Add(error);
        page.Request += (_, request) =>
        {
            Uri to = new(request.Url);
            if (to.Scheme is not ("blob" or "data") && to.Authority != url.Authority)
            {
                _faults.Add($"It asked {to}.");
            }
        };
        page.Dialog += (_, dialog) =>
        {
            _faults.Add($"A script opened a dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Faults => _faults;

    public static async Task<BrowserWindow> OpenAsync(IBrowser browser, Uri url, BrowserNewContextOptions? options)
    {
        IBrowserContext context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        });
        context.SetDefaultTimeout(30_000);
        return new BrowserWindow(context, await context.NewPageAsync(), url);
    }

    /// <summary>Opens a page and waits for its heading.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(new Uri(_url, path).AbsoluteUri);
        await Page.Locator("h1").WaitForAsync();
    }

    /// <summary>Signs in with a key, on the service's form.</summary>
    public async Task SignInAsync(string key)
    {
        await GoAsync("/sign-in");
        await SendKeyAsync(key);
    }

    /// <summary>Sends the form to sign in, which is shown, and waits for the page.</summary>
    public async Task SendKeyAsync(string key)
    {
        ILocator field = Page.GetByLabel("Key", new PageGetByLabelOptions { Exact = true });
        await field.FillAsync(key);
        await field.PressAsync("Enter");
        await Page.Locator("header.bar").WaitForAsync();
    }

    /// <summary>Waits until an element has the focus.</summary>
    public async Task HasFocusAsync(ILocator element)
    {
        IElementHandle handle = await element.ElementHandleAsync();
        await Page.WaitForFunctionAsync("element => document.activeElement === element", handle);
    }

    /// <summary>Types into the first field of a dialog that opens, once the dialog has given it the focus: until then
    /// a key may go elsewhere.</summary>
    /// <returns>The field.</returns>
    public async Task<ILocator> TypeAsync(string label, string text)
    {
        ILocator field = Page.GetByLabel(label);
        await HasFocusAsync(field);
        await field.FillAsync(text);
        return field;
    }

    /// <summary>Waits until an identity's page and its images are shown.</summary>
    public async Task ShowsIdentityAsync(string id) => await Page.WaitForFunctionAsync(
        "id => document.querySelector('h1')?.textContent === id && document.querySelector('.tiles li')", id);

    public ILocator Button(string name) =>
        Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Link(string name) =>
        Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Text(string text) => Page.GetByText(text);

    public ILocator List(string name) =>
        Page.GetByRole(AriaRole.List, new PageGetByRoleOptions { Name = name, Exact = true });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.True(_faults.Count == 0, string.Join("\n", _faults));
    }
}

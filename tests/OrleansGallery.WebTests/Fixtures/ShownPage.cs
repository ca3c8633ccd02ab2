using Microsoft.Playwright;
using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Drawing;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>A service with galleries in it, and a browser that looks at its page.</summary>
public sealed class ShownPage : IAsyncLifetime
{
    /// <summary>Rendered products, embedded by the model.</summary>
    public const string Products = "products";

    /// <summary>Vectors, under names that are markup.</summary>
    public const string Vectors = "<b onclick=alert(1)>vectors & \"more\"";

    /// <summary>Ids that a page, a browser or a router might take for something else than text.</summary>
    public static readonly string[] Nasty =
    [
        "<img src=x onerror=\"document.title='driven'\">", "<script>document.title='driven'<\\script>",
        "javascript:document.title='driven'", "100% %41 %2F a+b?c=d&e#f", "..\\..", "{{7*7}} @(1+1)",
        "اسم \u202e neŭtrala 人",
    ];

    private OwnService? _service;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Url => _service!.Url;

    public GalleryClient Client => _service!.Client;

    /// <summary>Pictures of products that are not enrolled, each with its product's id.</summary>
    public IReadOnlyList<(string Product, byte[] File)> Queries { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is null)
        {
            return;
        }

        _service = await OwnService.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        await EnrolProductsAsync();
        await Client.CreateGalleryAsync(new CreateGalleryRequest { Name = Vectors, Dimension = 4, Partitions = 4 });
        foreach (string identity in Nasty)
        {
            await Client.EnrolAsync(Vectors, identity, new EnrolImageRequest
            {
                ImageId = identity, Facet = identity, Vector = [1, identity.Length, 3, 4],
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    /// <summary>Keeps requests of a kind waiting, those of the page too, until it is disposed of.</summary>
    internal HeldRequests Hold(string method, string pathEnd) => new(_service!, method, pathEnd);

    /// <summary>A window of its own, which fails the test for every error that the browser reports.</summary>
    internal async Task<BrowserWindow> OpenAsync(string path, BrowserNewContextOptions? options = null, Uri? url = null)
    {
        Chromium.Require();
        BrowserWindow window = await BrowserWindow.OpenAsync(_browser!, url ?? Url, options);
        await window.GoAsync(path);
        return window;
    }

    private async Task EnrolProductsAsync()
    {
        DemoCatalogue catalogue = new(new CatalogueOptions { Products = 12 });
        Queries = [.. catalogue.Draw(catalogue.Queries).Select(image => (image.Product, image.File))];
        await Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = Products, Model = "default", Partitions = 16 });
        IEnumerable<IngestItem> items = catalogue.Draw(catalogue.Enrolled).Select(image => new IngestItem
        {
            Identity = image.Product,
            ImageId = $"{image.Product}@{image.View}",
            Facet = $"camera {1 + (image.View % 2)}",
            Image = image.File,
        });
        await foreach (IngestAck ack in Client.IngestAsync(Products, items.ToAsyncEnumerable()))
        {
            Assert.Null(ack.Error);
        }
    }
}

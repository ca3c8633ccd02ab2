using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class CalibrationPageTests(ShownPage shown)
{
    private const string People = "people";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_MeasuredAndApplied_ShowsTheCurveAndChangesTheThreshold()
    {
        Chromium.Require();
        await using OwnService service = await OwnService.StartAsync();
        await EnrolAsync(service.Client, identities: 60, each: 6);
        await using BrowserWindow window = await shown.OpenAsync("/", url: service.Url);
        await window.Link($"Threshold of {People}: no threshold").ClickAsync();
        await window.Text("the best match is always taken").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "calibration-none", fullPage: true);

        await window.Button("Measure").ClickAsync();

        await window.Text("Measured, not applied").WaitForAsync();
        Assert.Null((await service.Client.GetGalleryAsync(People, Cancelled)).Threshold);
        Assert.Equal(2, await window.Page.Locator("svg[role=img] polyline").CountAsync());
        string? described = await window.Page.Locator("#curve-text").TextContentAsync();
        Assert.Contains("At the threshold of", described, StringComparison.Ordinal);
        await window.Button("Apply").ClickAsync();
        await window.Text("In force").WaitForAsync();
        await window.Text("As a table").ClickAsync();
        Assert.Equal(21, await window.Page.Locator("tbody tr").CountAsync());
        await Screenshots.KeepAsync(window.Page, "calibration-desktop", fullPage: true);
        GalleryResponse calibrated = await service.Client.GetGalleryAsync(People, Cancelled);
        Assert.Equal(0.01, calibrated.Calibration!.Fpir);
        Assert.Equal(calibrated.Threshold, calibrated.Calibration.Threshold);

        await window.Page.GetByLabel("Wanted rate").FillAsync("0.1");
        await window.Page.GetByLabel("Wanted rate").PressAsync("Tab");
        await window.Button("Measure").ClickAsync();
        await window.Text("This gallery cannot show that rate").WaitForAsync();
        await window.Text("3,000 images").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "calibration-refused", fullPage: true);

        await EnrolAsync(service.Client, identities: 60, each: 6, first: 60);
        await window.GoAsync($"/calibration?gallery={People}");
        await window.Text("The gallery has doubled since").WaitForAsync();
        await window.Page.SetViewportSizeAsync(390, 800);
        await Screenshots.KeepAsync(window.Page, "calibration-phone", fullPage: true);
        Assert.True(await window.Page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task Page_KeyThatMayOnlyRead_OffersNothingToPress()
    {
        Chromium.Require();
        await using OwnService service = await OwnService.StartAsync("required");
        using GalleryClient admin = service.Client.WithKey(await service.MakeKeyAsync(KeyRole.Admin));
        await EnrolAsync(admin, identities: 12, each: 3);
        await admin.CalibrateAsync(People, new CalibrateRequest { Fpir = 0.2, Apply = true }, Cancelled);
        await using BrowserWindow window = await shown.OpenAsync("/sign-in", url: service.Url);
        await window.SignInAsync(await service.MakeKeyAsync(KeyRole.Read));

        await window.GoAsync($"/calibration?gallery={People}");

        await window.Text("In force").WaitForAsync();
        await window.Text("It takes a key of the role admin").WaitForAsync();
        Assert.Equal(0, await window.Button("Measure").CountAsync());
    }

    private static async Task EnrolAsync(GalleryClient client, int identities, int each, int first = 0)
    {
        if (first == 0)
        {
            await client.CreateGalleryAsync(
                new CreateGalleryRequest { Name = People, Dimension = 16, Partitions = 4 }, Cancelled);
        }

        IEnumerable<IngestItem> items = Enumerable.Range(first * each, identities * each).Select(i => new IngestItem
        {
            Identity = $"p{i / each}", ImageId = $"{i % each}",
            Vector = SyntheticVectors.Embedding(i / each, i % each, 16, 0.8),
        });
        await foreach (IngestAck ack in client.IngestAsync(
            People, items.ToAsyncEnumerable(), cancellationToken: Cancelled))
        {
            Assert.Null(ack.Error);
        }
    }
}

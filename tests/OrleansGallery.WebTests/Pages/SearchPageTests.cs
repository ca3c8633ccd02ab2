using Microsoft.Playwright;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class SearchPageTests(ShownPage shown)
{
    private const string Path = "/search?gallery=" + ShownPage.Products;

    [Fact]
    public async Task Search_ChosenPicture_RanksTheIdentitiesAsTheApiDoes()
    {
        await using BrowserWindow window = await shown.OpenAsync(Path);
        byte[] file = shown.Queries[0].File;

        await ChooseAsync(window, "query.jpg", file);

        ILocator rows = window.List("Matches").GetByRole(AriaRole.Listitem);
        await rows.First.WaitForAsync();
        Contracts.SearchResponse answer = await shown.Client.SearchFileAsync(
            ShownPage.Products, file, null, TestContext.Current.CancellationToken);
        Assert.Equal(
            answer.Matches.Select(match => match.Identity), await rows.GetByRole(AriaRole.Link).AllInnerTextsAsync());
        Assert.Contains(
            answer.Matches[0].Score.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture),
            await rows.First.InnerTextAsync(), StringComparison.Ordinal);
        await window.Text($"Known: {answer.Matches[0].Identity}").WaitForAsync();
        Assert.True(await window.Page.GetByAltText("The query: query.jpg")
            .EvaluateAsync<bool>("i => i.naturalWidth > 0"));

        ILocator compared = window.Text("Rows compared");
        Assert.False(await compared.IsVisibleAsync());
        await window.Text("How this answer came about").ClickAsync();
        Assert.True(await compared.IsVisibleAsync());
    }

    [Theory]
    [InlineData("paste")]
    [InlineData("drop")]
    public async Task Search_PastedOrDroppedPicture_IsSearchedFor(string how)
    {
        await using BrowserWindow window = await shown.OpenAsync(Path);
        await window.Text("Drop a picture here").WaitForAsync();
        await ReadyAsync(window);

        await window.Page.EvaluateAsync(
            """
            async ([how, base64]) => {
                const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], 'moved.jpg', { type: 'image/jpeg' }));
                const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
                document.body.dispatchEvent(
                    how === 'drop' ? new DragEvent('drop', options) : new ClipboardEvent('paste', options));
            }
            """,
            new object[] { how, Convert.ToBase64String(shown.Queries[1].File) });

        await window.List("Matches").WaitForAsync();
        await window.Page.GetByAltText("The query: moved.jpg").WaitForAsync();
    }

    [Fact]
    public async Task Search_NoPicture_SaysWhatCanBeRead()
    {
        await using BrowserWindow window = await shown.OpenAsync(Path);

        await ChooseAsync(window, "notes.txt", "no picture"u8.ToArray());

        await window.Text("This is no image that can be read").WaitForAsync();
        // The browser cannot show it either; no broken picture is left behind.
        Assert.False(await window.Page.GetByAltText("The query: notes.txt").IsVisibleAsync());
        await ChooseAsync(window, "query.jpg", shown.Queries[0].File);
        await window.List("Matches").WaitForAsync();
        Assert.True(await window.Page.GetByAltText("The query: query.jpg").IsVisibleAsync());
    }

    [Fact]
    public async Task Search_GalleryWithoutModel_SaysThatItTakesNoImages()
    {
        await using BrowserWindow window = await shown.OpenAsync(
            $"/search?gallery={Uri.EscapeDataString(ShownPage.Vectors)}");

        await window.Text("This gallery takes vectors, no images").WaitForAsync();
    }

    [Fact]
    public async Task Search_GalleryThatIsNot_SaysSo()
    {
        await using BrowserWindow window = await shown.OpenAsync("/search?gallery=nobody");

        await window.Text("There is no gallery 'nobody'").WaitForAsync();
    }

    private static async Task ChooseAsync(BrowserWindow window, string name, byte[] file)
    {
        await ReadyAsync(window);
        await window.Page.GetByLabel("Choose a picture").SetInputFilesAsync(
            new FilePayload { Name = name, MimeType = "image/jpeg", Buffer = file });
    }

    // The script listens a moment after the zone is shown, which a reader's hand never notices.
    private static Task ReadyAsync(BrowserWindow window) => window.Page.Locator(".zone[data-listens]").WaitForAsync();
}

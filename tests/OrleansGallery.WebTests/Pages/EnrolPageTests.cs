using Microsoft.Playwright;
using OrleansGallery.Contracts;
using OrleansGallery.Testing;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class EnrolPageTests(ShownPage shown)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrol_FolderWithFoldersAndABrokenFile_EnrolsAndListsWhatFailed()
    {
        using TemporaryFolder folder = new();
        await shown.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "folder", Model = "default", Partitions = 4 }, Cancelled);
        Write(folder, "photos/anna/1.jpg", shown.Queries[0].File);
        Write(folder, "photos/anna/2.jpg", shown.Queries[1].File);
        Write(folder, "photos/<b>bob/1.jpg", shown.Queries[2].File);
        Write(folder, "photos/<b>bob/broken.jpg", [1, 2, 3]);
        Write(folder, "photos/stray.jpg", shown.Queries[3].File);
        Write(folder, "photos/anna/.hidden", [1]);
        await using BrowserWindow window = await shown.OpenAsync("/enrol?gallery=folder");
        await window.Page.Locator(".zone[data-listens]").WaitForAsync();

        await window.Page.GetByLabel("Choose a folder").SetInputFilesAsync(folder.File("photos"));
        await window.Text("1 file is in no identity's folder").WaitForAsync();
        await window.Button("Enrol in folder").ClickAsync();

        await window.Text("Done.").WaitForAsync();
        ILocator failed = window.List("Not enrolled").GetByRole(AriaRole.Listitem);
        Assert.Equal(2, await failed.CountAsync());
        Assert.Contains("photos/<b>bob/broken.jpg", await failed.First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("photos/stray.jpg", await failed.Last.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await shown.Client.GetIdentityAsync("folder", "anna", Cancelled)).Count);
        Assert.Equal(1, (await shown.Client.GetIdentityAsync("folder", "<b>bob", Cancelled)).Count);
        Assert.Equal(3, (await shown.Client.GetGalleryAsync("folder", Cancelled)).Images);
    }

    [Fact]
    public async Task Enrol_FilesAlone_BelongToTheIdentityThatIsNamed()
    {
        await shown.Client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "files", Model = "default", Partitions = 4 }, Cancelled);
        await using BrowserWindow window = await shown.OpenAsync("/enrol?gallery=files");
        await window.Page.Locator(".zone[data-listens]").WaitForAsync();

        await window.Page.GetByLabel("Choose images").SetInputFilesAsync(
        [
            new FilePayload { Name = "a.jpg", MimeType = "image/jpeg", Buffer = shown.Queries[0].File },
            new FilePayload { Name = "b.jpg", MimeType = "image/jpeg", Buffer = shown.Queries[1].File },
        ]);
        await window.Page.GetByLabel("Identity of files outside a folder").FillAsync("clara");
        await window.Page.GetByLabel("Facet (optional)").FillAsync("door");
        await window.Button("Enrol in files").ClickAsync();

        await window.Text("Done.").WaitForAsync();
        Assert.Equal(
            "search?gallery=files",
            await window.Page.Locator(".progress").GetByRole(AriaRole.Link).GetAttributeAsync("href"));
        IdentityResponse clara = await shown.Client.GetIdentityAsync("files", "clara", Cancelled);
        Assert.Equal(2, clara.Facets["door"]);
    }

    private static void Write(TemporaryFolder folder, string path, byte[] content)
    {
        string file = folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}

using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>Galleries that keep pictures, by the command line.</summary>
public sealed class ImageCommandTests(RunningService service) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateShowAndGet_GalleryOfOriginals_WritesTheFiles()
    {
        GalleryCommand gallery = new(service, _folder.File("models"));
        byte[] file = PngFile.Rgb(300, 200, FormulaPixels.Rgb(300, 200));
        GalleryResponse created = await gallery.JsonAsync<GalleryResponse>(
            0, "create", "kept by command", "--keep", "original", "--partitions", "4");
        Assert.Equal(PictureKeep.Original, created.Keep);
        await service.Client.EnrolFileAsync(created.Name, "a", file, new() { ImageId = "i" }, Cancelled);

        WrittenPicture thumbnail = await gallery.JsonAsync<WrittenPicture>(
            0, "image", "get", created.Name, "a", "i", _folder.File("small.jpg"));
        (int code, string told, string error) = await gallery.RunAsync(
            "image", "get", created.Name, "a", "i", _folder.File("a.png"), "--original");

        Assert.True(code == 0, error);
        Assert.Contains("image/png", told, StringComparison.Ordinal);
        Assert.Equal(file, await File.ReadAllBytesAsync(_folder.File("a.png"), Cancelled));
        Assert.Equal("image/jpeg", thumbnail.ContentType);
        Assert.Equal(thumbnail.Bytes, new FileInfo(_folder.File("small.jpg")).Length);
        (code, _, error) = await gallery.RunAsync("image", "get", created.Name, "a", "i", _folder.File("a.png"));
        Assert.Equal(1, code);
        Assert.NotEmpty(error);
        (_, told, _) = await gallery.RunAsync("show", created.Name);
        Assert.Contains("thumbnails and originals", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_KeepOfAnotherWord_IsRefused()
    {
        (int code, _, string error) = await new GalleryCommand(service, _folder.File("models")).RunAsync(
            "create", "a", "--keep", "all");

        Assert.Equal(2, code);
        Assert.Contains("none, thumbnail, original", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}

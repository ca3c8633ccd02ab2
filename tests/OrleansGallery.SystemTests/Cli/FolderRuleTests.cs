using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>Whose an image is: the first folder below the root, whichever way it comes.</summary>
public sealed class FolderRuleTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public FolderRuleTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.Models);
        _folder.Add("photos", "anna/cam1/1.jpg", "anna/cam2/2.jpg", "bob/cam1/1.jpg");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryRoute_FoldersWithinAnIdentity_GivesTheSameIdentities()
    {
        string gallery = await CreateAsync(null);
        await _gallery.JsonAsync<IngestSummary>(0, "ingest", gallery, _folder.File("photos"));
        Assert.Equal("anna 2, bob 1", await IdentitiesAsync(gallery));

        // A path from the working directory, as users type it; the set itself says what it begins with.
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.File("photos"));
        await EmbedAsync(relative, "set");
        Assert.Equal("anna 2, bob 1", await IngestSetAsync("set"));
        File.Delete(_folder.File("set/embeddings.json"));
        Assert.Equal("anna 2, bob 1", await IngestSetAsync("set"));

        await EmbedAsync(relative, "centroids", "--centroids", "folder");
        Assert.Equal(["anna", "bob"], EmbeddingSet.Read(_folder.File("centroids")).Paths);
        Assert.Equal("anna 1, bob 1", await IngestSetAsync("centroids"));
    }

    [Fact]
    public async Task Evaluate_AgainstItself_FindsEveryIdentity()
    {
        _folder.Add("both/gallery", "anna/cam1/1.jpg", "anna/cam2/2.jpg", "bob/cam1/1.jpg");
        _folder.Add("both/query", "anna/cam1/1.jpg", "anna/cam2/2.jpg", "bob/cam1/1.jpg");
        EvaluationDocument images = await _gallery.JsonAsync<EvaluationDocument>(
            0, "evaluate", "images", "--checkpoint", "default", "--data", _folder.File("both"));
        Assert.Equal((3, 2), (images.Instance!.Gallery, images.Centroid.Gallery));
        Assert.Equal(1, images.Centroid.MeanAveragePrecision);

        await EmbedAsync(_folder.File("photos"), "set");
        EvaluationDocument embedded = await _gallery.JsonAsync<EvaluationDocument>(
            0, "evaluate", "embedded", "--gallery", _folder.File("set"), "--queries", _folder.File("set"));
        Assert.Equal((3, 2), (embedded.Instance!.Gallery, embedded.Centroid.Gallery));
        Assert.Equal(1, embedded.Centroid.MeanAveragePrecision);
        Assert.Equal(1, embedded.Instance!.MeanAveragePrecision);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(@"C:\data")]
    [InlineData("C:/data/")]
    public async Task IngestVectors_PathsOfWindows_PartFolders(string? root)
    {
        string[] paths = [@"C:\data\anna\1.jpg", @"C:\data\anna\c\2.jpg", @"C:\data\bob\1.jpg"];
        new EmbeddingSet([1, 0, 0, 1, 1, 1], 2, paths).Write(Directory.CreateDirectory(_folder.File("set")).FullName);
        Assert.Equal(
            "anna 2, bob 1", await IngestSetAsync("set", dimension: 2, root is null ? [] : ["--root", root]));
    }

    [Fact]
    public async Task IngestVectors_NoSharedFolder_IsSaid()
    {
        new EmbeddingSet([1, 0, 0, 1], 2, [@"C:\anna\1.jpg", @"D:\bob\1.jpg"])
            .Write(Directory.CreateDirectory(_folder.File("set")).FullName);
        string gallery = await CreateAsync(2);
        (int code, _, string error) = await _gallery.RunAsync(
            "ingest", gallery, "--vectors", _folder.File("set/embeddings.npy"), "--paths",
            _folder.File("set/paths.npy"));
        Assert.Equal(1, code);
        Assert.Contains("one that all paths share", error, StringComparison.Ordinal);
        Assert.Empty(await IdentitiesAsync(gallery));
    }

    private Task<EmbedSummary> EmbedAsync(string path, string set, params string[] more) =>
        _gallery.JsonAsync<EmbedSummary>(0, ["embed", path, "--out", _folder.File(set), .. more]);

    private async Task<string> IngestSetAsync(string set, int? dimension = 512, params string[] more)
    {
        string gallery = await CreateAsync(dimension);
        await _gallery.JsonAsync<IngestSummary>(
            0,
            [
                "ingest", gallery, "--vectors", _folder.File($"{set}/embeddings.npy"), "--paths",
                _folder.File($"{set}/paths.npy"), .. more,
            ]);
        return await IdentitiesAsync(gallery);
    }

    private Task<string> CreateAsync(int? dimension) =>
        _service.CreateGalleryAsync(new CreateGalleryRequest
        {
            Dimension = dimension, Model = dimension is null ? ModelStore.DefaultName : null,
        });

    private async Task<string> IdentitiesAsync(string gallery)
    {
        List<string> identities = [];
        await foreach (IdentityListEntry identity in _service.Client.EnumerateIdentitiesAsync(gallery, Cancelled))
        {
            identities.Add($"{identity.Identity} {identity.Count}");
        }

        return string.Join(", ", identities.Order(StringComparer.Ordinal));
    }
}

using System.Text.Json;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery observe</c> and <c>gallery observations</c>.</summary>
public sealed class ObserveCommandTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private readonly RunningService _service;
    private readonly GalleryCommand _gallery;

    public ObserveCommandTests(RunningService service)
    {
        _service = service;
        _gallery = new GalleryCommand(service, _folder.Models);
        _folder.Add("in", "a.png", "z.png");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Observe_AFolderTwice_FoundsOnceAndReportsWhatIsNoImage()
    {
        string gallery = await CreateAsync();
        (int code, string output, string error) = await _gallery.RunAsync(
            "observe", gallery, _folder.File("in"), "--join", "1");
        Assert.True(code == 0, error);
        Assert.Contains(
            "0 joined, 2 founded, 0 parked, 0 of them before; 0 refused.", output, StringComparison.Ordinal);

        (code, output, error) = await _gallery.RunAsync(
            "observe", gallery, _folder.File("in"), _folder.File("none.png"), "--join", "1");
        Assert.Equal(1, code);
        Assert.Contains("none.png", error, StringComparison.Ordinal);
        Assert.Contains("2 of them before; 1 refused.", output, StringComparison.Ordinal);
        Assert.Equal(2, (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Observe_FramesOfAFolder_AreOneThatIsListedResolvedAndUndone()
    {
        string gallery = await CreateAsync();
        JsonElement summary = await _gallery.JsonAsync<JsonElement>(
            0, "observe", gallery, _folder.File("in"), "--frames", "--join", "1", "--facet", "c3");
        Assert.Equal(1, summary.GetProperty("founded").GetInt32());
        string observation = summary.GetProperty("observed")[0].GetProperty("answer")
            .GetProperty("observationId").GetString()!;

        ObservedIdentityListResponse list = await _gallery.JsonAsync<ObservedIdentityListResponse>(
            0, "observations", "list", gallery);
        ObservedIdentity founded = Assert.Single(list.Identities);
        Assert.Equal((observation, 2, IdentityState.Provisional),
            (founded.ObservationId, founded.Count, founded.State));
        Assert.Empty((await _gallery.JsonAsync<ObservedIdentityListResponse>(
            0, "observations", "list", gallery, "--parked")).Identities);
        (_, string table, _) = await _gallery.RunAsync("observations", "list", gallery);
        Assert.Contains("provisional", table, StringComparison.Ordinal);

        ObservedIdentity resolved = await _gallery.JsonAsync<ObservedIdentity>(
            0, "observations", "resolve", gallery, observation, "--new");
        Assert.Equal(founded.Identity, resolved.Identity);
        Assert.Equal(2, (await _gallery.RunAsync("observations", "resolve", gallery, observation)).Code);
        (int code, string shown, _) = await _gallery.RunAsync("observations", "show", gallery, observation);
        Assert.Equal(0, code);
        Assert.Contains("founded", shown, StringComparison.Ordinal);
        (code, shown, _) = await _gallery.RunAsync("observations", "undo", gallery, observation);
        Assert.Equal(0, code);
        Assert.Contains("(gone)", shown, StringComparison.Ordinal);
        Assert.Equal(0, (await _service.Client.GetGalleryAsync(gallery, Cancelled)).Images);
    }

    [Fact]
    public async Task Create_WithThresholds_HasThem()
    {
        string name = $"observed {Guid.NewGuid():N}";
        GalleryResponse gallery = await _gallery.JsonAsync<GalleryResponse>(
            0, "create", name, "--dimension", "4", "--join", "0.7", "--found", "0.5", "--join-margin", "0.1",
            "--promote", "5", "--dissolve-after", "30");
        Assert.Equal(
            new ObserveSettings
            {
                JoinThreshold = 0.7, FoundThreshold = 0.5, Margin = 0.1, PromoteImages = 5, DissolveAfterDays = 30,
            },
            gallery.Observe);
        Assert.Equal(2, (await _gallery.RunAsync("create", "x", "--dimension", "4", "--join", "7")).Code);
    }

    private Task<string> CreateAsync() =>
        _service.CreateGalleryAsync(new CreateGalleryRequest { Model = ModelStore.DefaultName });
}

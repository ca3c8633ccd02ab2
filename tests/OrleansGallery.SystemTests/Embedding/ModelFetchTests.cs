using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansGallery.Abstractions;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Embedding;

/// <summary>Models come into the folder whole, with the right hash, or not at all.</summary>
public sealed class ModelFetchTests : IDisposable
{
    private const string Id = DefaultModel.Id;

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content;
    private readonly string _sha256;
    private readonly ModelStore _store;

    public ModelFetchTests()
    {
        _content = File.ReadAllBytes(DefaultModel.EnsureCreated(_folder.File("made")));
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(_content));
        _store = new ModelStore(_folder.File("models"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => _folder.File($"models/{Id}.safetensors");

    [Fact]
    public async Task Get_SeveralAtOnce_FetchesOnceAndSurvivesALostCall()
    {
        FakeModelFile file = new(_content, _sha256, 1_000_000) { Losses = 2 };
        file.Held.SetResult();
        ModelFetch fetch = Fetch(file);
        Task<string>[] all = [.. Enumerable.Range(0, 8).Select(_ => UntilItIsThereAsync(fetch))];

        Assert.All(await Task.WhenAll(all), path => Assert.Equal(Target, path));

        Assert.Equal(1, file.Finds);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal(Target, Assert.Single(Directory.GetFiles(_folder.File("models"))));
    }

    [Fact]
    public async Task Get_WhileItTakesLonger_SaysRetry()
    {
        FakeModelFile file = new(_content, _sha256, 1_000_000);
        ModelFetch fetch = Fetch(file);

        RetryException busy = await Assert.ThrowsAsync<RetryException>(() => fetch.GetAsync(Id));

        Assert.Contains("is being fetched", busy.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
        file.Held.SetResult();
        Assert.Equal(Target, await UntilItIsThereAsync(fetch));
    }

    [Fact]
    public async Task Get_ADamagedChunk_IsRefusedAndLeavesNothing()
    {
        _content[1_500_000]++;
        FakeModelFile file = new(_content, _sha256, 1_000_000);
        file.Held.SetResult();
        ModelFetch fetch = Fetch(file);

        StorageDamagedException refused = await Assert.ThrowsAsync<StorageDamagedException>(() => fetch.GetAsync(Id));
        await Assert.ThrowsAsync<StorageDamagedException>(() => fetch.GetAsync(Id));

        Assert.Contains(Id, refused.Message, StringComparison.Ordinal);
        Assert.Contains(_sha256, refused.Message, StringComparison.Ordinal);
        Assert.Contains("import it again", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("models")));
        Assert.Equal(1, file.Finds);
    }

    [Fact]
    public async Task Get_AnotherModelUnderTheId_IsRefused()
    {
        FakeModelFile file = new(_content, _sha256, 1_000_000);
        file.Held.SetResult();

        StorageDamagedException refused = await Assert.ThrowsAsync<StorageDamagedException>(
            () => Fetch(file).GetAsync("mine-12345678"));

        Assert.Contains(Id, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("models")));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("../none")]
    public async Task Get_WhatIsNotInTheStore_IsNotFound(string id)
    {
        FakeModelFile file = new(_content, _sha256, 1_000_000) { IsMissing = true };

        ModelNotFoundException refused =
            await Assert.ThrowsAsync<ModelNotFoundException>(() => Fetch(file).GetAsync(id));

        Assert.Contains(id, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("models")));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> UntilItIsThereAsync(ModelFetch fetch)
    {
        while (true)
        {
            try
            {
                return await fetch.GetAsync(Id);
            }
            catch (RetryException)
            {
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    private ModelFetch Fetch(FakeModelFile file) =>
        new(_ => file, _store, TimeProvider.System, NullLogger<ModelFetch>.Instance);
}

using System.Security.Cryptography;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>The files of models: whole or not at all, repeated, read by chunks, listed, deleted.</summary>
public abstract class ModelContract : GalleryStoreContract
{
    private const int Length = (2 * StoredModel.ChunkLength) + 12_345;

    private IModelFiles Files => Store.Models;

    [Fact]
    public async Task Put_AFileOfSeveralChunks_IsReadChunkByChunkByAnotherHandle()
    {
        (StoredModel model, byte[] content) = Make("m-1", Length);

        await Files.PutAsync(model, new MemoryStream(content), Token);

        IModelFiles other = (await OpenAsync()).Models;
        Assert.Equal(model, await other.FindAsync("m-1", Token));
        Assert.Equal(3, model.Chunks);
        Assert.Equal(content, await ReadAsync(other, model));
        Assert.Null(await other.ReadChunkAsync(model, 3, Token));
        Assert.Null(await other.ReadChunkAsync(model with { Sha256 = new string('0', 64) }, 0, Token));
        Assert.All(Enumerable.Range(0, 3), number => Assert.InRange(model.LengthOf(number), 1, 4_000_000));
    }

    [Fact]
    public async Task Put_BrokenOffHalfway_IsNotSeenUntilItIsRepeated()
    {
        (StoredModel model, byte[] content) = Make("m-1", Length);
        await Files.PutChunkAsync(model, 0, content[..StoredModel.ChunkLength], Token);
        await Files.PutChunkAsync(model, 2, content[(2 * StoredModel.ChunkLength)..], Token);

        Assert.False(await Files.PublishAsync(model, Token));
        Assert.Null(await Files.FindAsync("m-1", Token));
        Assert.Empty(await Files.ListAsync(Token));
        Assert.Null(await Files.ReadChunkAsync(model, 0, Token));

        await Files.PutAsync(model, new MemoryStream(content), Token);
        await Files.PutAsync(model, new MemoryStream(content), Token);
        Assert.True(await Files.PublishAsync(model, Token));
        Assert.Equal([model], await Files.ListAsync(Token));
        Assert.Equal(content, await ReadAsync(Files, model));
    }

    [Fact]
    public async Task Put_Repeated_PutsADamagedChunkRight()
    {
        (StoredModel model, byte[] content) = Make("m-1", 100);
        await Files.PutAsync(model, new MemoryStream(content), Token);
        await Files.PutChunkAsync(model, 0, new byte[100], Token);
        Assert.NotEqual(content, await ReadAsync(Files, model));

        await Files.PutAsync(model, new MemoryStream(content), Token);

        Assert.Equal(content, await ReadAsync(Files, model));
    }

    [Fact]
    public async Task Put_OtherBytesThanItSays_IsRefused()
    {
        (StoredModel model, byte[] content) = Make("m-1", 100);
        content[7]++;

        await Assert.ThrowsAsync<InvalidDataException>(
            () => Files.PutAsync(model, new MemoryStream(content), Token));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Files.PutAsync(model, new MemoryStream(content[..50]), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Files.PutChunkAsync(model, 0, content[..50], Token));

        Assert.Null(await Files.FindAsync("m-1", Token));
    }

    [Fact]
    public async Task Put_AnotherFileUnderAnIdThatIsTaken_IsRefused()
    {
        (StoredModel first, byte[] content) = Make("m-1", 100);
        (StoredModel second, byte[] other) = Make("m-1", 101);
        await Files.PutAsync(first, new MemoryStream(content), Token);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => Files.PutAsync(second, new MemoryStream(other), Token));
        await Files.PutChunkAsync(second, 0, other, Token);

        Assert.Contains(first.Sha256, refused.Message, StringComparison.Ordinal);
        Assert.False(await Files.PublishAsync(second, Token));
        Assert.Equal(first, await Files.FindAsync("m-1", Token));
        Assert.Equal(content, await ReadAsync(Files, first));
    }

    [Fact]
    public async Task Delete_OneOfSeveral_LeavesTheOthers()
    {
        foreach (string id in (string[])["b", "\uFFFD", "a", "😀"])
        {
            (StoredModel model, byte[] content) = Make(id, 100);
            await Files.PutAsync(model, new MemoryStream(content), Token);
        }

        StoredModel deleted = (await Files.FindAsync("b", Token))!;
        Assert.True(await Files.DeleteAsync("b", Token));
        Assert.False(await Files.DeleteAsync("b", Token));

        Assert.Equal(["a", "\uFFFD", "😀"], (await Files.ListAsync(Token)).Select(model => model.Id));
        Assert.Null(await Files.ReadChunkAsync(deleted, 0, Token));
        Assert.False(await Files.PublishAsync(deleted, Token));
    }

    [Fact]
    public async Task PutAndDelete_AtTheSameTime_LeaveItWholeOrGone()
    {
        (StoredModel model, byte[] content) = Make("m-1", 1000);
        IModelFiles other = (await OpenAsync()).Models;
        for (int round = 0; round < 20; round++)
        {
            await Files.PutChunkAsync(model, 0, content, Token);
            Task<bool>[] both = [Files.PublishAsync(model, Token), other.DeleteAsync(model.Id, Token)];
            await Task.WhenAll(both);

            byte[]? chunk = await Files.ReadChunkAsync(model, 0, Token);
            Assert.Equal(await Files.FindAsync(model.Id, Token) is not null, chunk is not null);
        }
    }

    private static (StoredModel Model, byte[] Content) Make(string id, int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        return (new StoredModel(id, Convert.ToHexStringLower(SHA256.HashData(content)), length), content);
    }

    private static async Task<byte[]> ReadAsync(IModelFiles files, StoredModel model)
    {
        List<byte> content = [];
        for (int number = 0; number < model.Chunks; number++)
        {
            content.AddRange((await files.ReadChunkAsync(model, number, Token))!);
        }

        return [.. content];
    }
}

using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests;

public sealed class SqliteGalleryStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteGalleryStore _store;

    public SqliteGalleryStoreTests() => _store = new SqliteGalleryStore(_folder.File("gallery.db"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateGallery_NameTakenByCase_OnlyTheSameSpellingIsRefused()
    {
        GalleryRecord first = Create("people");

        Assert.Null(_store.CreateGallery(first));
        GalleryRecord second = _store.CreateGallery(first with { Name = "People", Settings = """{"a":1}""" })!;

        Assert.Equal(second, await _store.FindGalleryAsync("People", Token));
        Assert.Equal(second, await _store.FindGalleryAsync(second.Number, Token));
        Assert.Equal([second, first], await _store.ListGalleriesAsync(Token));
        Assert.Null(await _store.FindGalleryAsync("nobody", Token));
    }

    [Fact]
    public async Task DeleteGallery_WithContent_LeavesNoRowAndNeverReusesTheNumber()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey key = new(gallery.Number, 0);
        PartitionPosition taken = _store.TakePartition(key)!;
        Assert.Equal([true], _store.Commit([Write(key, taken, Add("p1", 1))]));

        Assert.True(_store.DeleteGallery(gallery.Number));

        Assert.False(_store.DeleteGallery(gallery.Number));
        Assert.Null(_store.TakePartition(key));
        Assert.NotNull(await _store.ReadIdentityAsync(key, "p1", Token));
        int purges = 0;
        while (_store.PurgeDeleted(1))
        {
            purges++;
        }

        Assert.Equal(2, purges);
        Assert.Null(await _store.ReadIdentityAsync(key, "p1", Token));
        Assert.Null(await _store.ReadImageAsync(key, "p1", "i1", Token));
        Assert.Equal([false], _store.Commit([Write(key, taken with { Sequence = 1 }, Add("p2", 1))]));
        Assert.True(Create("people").Number > gallery.Number);
    }

    [Fact]
    public void TakePartition_EachTime_RaisesTheEpochAndKeepsTheSequence()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey key = new(gallery.Number, 1);
        PartitionPosition first = _store.TakePartition(key)!;
        _store.Commit([Write(key, first, Add("p1", 1))]);

        PartitionPosition second = _store.TakePartition(key)!;

        Assert.Equal((1, 0), (first.Epoch, first.Sequence));
        Assert.Equal((2, 1), (second.Epoch, second.Sequence));
        Assert.Null(_store.TakePartition(new PartitionKey(gallery.Number, 99)));
    }

    [Fact]
    public async Task Commit_OfAnOlderEpochOrSequence_ChangesNothingOfThatPartitionAlone()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey stale = new(gallery.Number, 0);
        PartitionKey fresh = new(gallery.Number, 1);
        PartitionPosition old = _store.TakePartition(stale)!;
        _store.TakePartition(stale);
        PartitionPosition good = _store.TakePartition(fresh)!;

        Assert.Equal([false, true], _store.Commit([Write(stale, old, Add("p1", 1)), Write(fresh, good, Add("p2", 1))]));
        Assert.Equal([false], _store.Commit([Write(fresh, good, Add("p3", 1))]));

        Assert.Null(await _store.ReadIdentityAsync(stale, "p1", Token));
        Assert.NotNull(await _store.ReadIdentityAsync(fresh, "p2", Token));
        Assert.Null(await _store.ReadIdentityAsync(fresh, "p3", Token));
        Assert.Equal(0, (await _store.ReadPositionAsync(stale, Token))!.Sequence);
    }

    [Fact]
    public void RetakePartition_OnlyTheOwner_LearnsTheLastToken()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey key = new(gallery.Number, 0);
        PartitionPosition taken = _store.TakePartition(key)!;
        PartitionWrite write = Write(key, taken, Add("p1", 1));
        _store.Commit([write]);

        PartitionPosition retaken = _store.RetakePartition(key, taken.Epoch)!;

        Assert.Equal(new PartitionPosition(taken.Epoch + 1, 1, write.Token), retaken);
        Assert.Null(_store.RetakePartition(key, taken.Epoch));
    }

    [Fact]
    public async Task Commit_RefusedData_RollsEverythingBack()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey key = new(gallery.Number, 0);
        PartitionPosition taken = _store.TakePartition(key)!;
        _store.Commit([Write(key, taken, Add("p1", 1))]);
        PartitionPosition now = taken with { Sequence = 1 };

        Assert.Throws<StoreDataException>(() => _store.Commit([Write(key, now, Add("p2", 1), Add("p1", 1))]));

        Assert.Null(await _store.ReadIdentityAsync(key, "p2", Token));
        Assert.Equal(1, (await _store.ReadPositionAsync(key, Token))!.Sequence);
        Assert.Equal([true], _store.Commit([Write(key, now, Add("p2", 1))]));
    }

    [Fact]
    public async Task Commit_AddsRemovesAndDeletes_ReadBackAsWritten()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey key = new(gallery.Number, 0);
        PartitionPosition taken = _store.TakePartition(key)!;
        IdentityWrite added = Add("p1", 3, "c1") with { Facets = [Sum("", 1, 7), Sum("c1", 2, 9)] };
        _store.Commit([Write(key, taken, added)]);
        StoredIdentity stored = (await _store.ReadIdentityAsync(key, "p1", Token))!;
        Assert.Equal((1, 3), (stored.Version, stored.Images.Count));
        Assert.Equal(["", "c1"], stored.Facets.Select(facet => facet.Facet));
        Assert.Equal([9, 0], stored.Facets[1].Sum);
        StoredImage image = (await _store.ReadImageAsync(key, "p1", "i2", Token))!;
        Assert.Equal(added.AddedImages[1].Embedding, image.Embedding);
        Assert.Equal(added.AddedImages[1].TakenAt, image.TakenAt);

        _store.Commit([Write(key, taken with { Sequence = 1 }, new IdentityWrite
        {
            IdentityId = "p1",
            Deleted = false,
            RemovedImages = ["i1", "i2"],
            AddedImages = [Image("i1", "c9")],
            Facets = [Sum("c1", 0, 0), Sum("c9", 1, 5)],
        })]);
        stored = (await _store.ReadIdentityAsync(key, "p1", Token))!;
        Assert.Equal(["i1", "i3"], stored.Images.Select(item => item.ImageId));
        Assert.Equal(["", "c9"], stored.Facets.Select(facet => facet.Facet));
        Assert.Equal(2, stored.Version);
        Assert.Equal([new IdentityListing("p1", 2, 2)], await _store.ListIdentitiesAsync(key, null, 10, Token));

        _store.Commit([Write(key, taken with { Sequence = 2 }, Add("p1", 0) with { Deleted = true })]);
        Assert.Null(await _store.ReadIdentityAsync(key, "p1", Token));
        Assert.Empty(await _store.ReadImagesAsync(key, "p1", null, 10, withEmbeddings: true, Token));
    }

    [Fact]
    public async Task ReadPartition_WhileACommitRuns_SeesOneSnapshot()
    {
        GalleryRecord gallery = Create("people");
        PartitionKey key = new(gallery.Number, 0);
        PartitionPosition taken = _store.TakePartition(key)!;
        _store.Commit([Write(key, taken, Add("p1", 1), Add("p3", 1))]);
        List<string> seen = [];

        await _store.ReadPartitionAsync(
            key,
            identity =>
            {
                if (seen.Count == 0)
                {
                    _store.Commit([Write(key, taken with { Sequence = 1 }, Add("p2", 1), Add("p4", 1))]);
                }

                seen.Add(identity.IdentityId);
            },
            Token);

        Assert.Equal(["p1", "p3"], seen);
    }

    [Fact]
    public void Open_AFileOfANewerProgram_IsRefused()
    {
        string file = _folder.File("newer.db");
        using (new SqliteGalleryStore(file))
        {
        }

        using (Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => new SqliteGalleryStore(file));
        Assert.Contains("99", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static PartitionWrite Write(
        PartitionKey key, PartitionPosition position, params IdentityWrite[] identities) => new()
    {
        Key = key,
        Epoch = position.Epoch,
        Sequence = position.Sequence,
        Token = Guid.NewGuid(),
        Identities = identities,
    };

    private static IdentityWrite Add(string identityId, int images, string facet = "") => new()
    {
        IdentityId = identityId,
        Deleted = false,
        RemovedImages = [],
        AddedImages = [.. Enumerable.Range(1, images).Select(i => Image($"i{i}", facet))],
        Facets = images == 0 ? [] : [Sum(facet, images, 1)],
    };

    private static StoredImage Image(string imageId, string facet) => new()
    {
        ImageId = imageId,
        Facet = facet,
        ContentHash = new byte[32],
        TakenAt = DateTimeOffset.UnixEpoch.AddMinutes(imageId.Length),
        Embedding = [1, 2, 3, (byte)imageId[^1]],
    };

    private static StoredFacet Sum(string facet, long count, byte first) => new(facet, count, [first, 0]);

    private GalleryRecord Create(string name) => _store.CreateGallery(new GalleryRecord
    {
        Name = name,
        Dimension = 1,
        Partitions = 2,
        CreatedAt = DateTimeOffset.UnixEpoch,
    })!;
}
